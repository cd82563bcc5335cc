// A task is shown by the name that the program gives it.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function checkout(id) {
  globalThis[Symbol.for('nodejs.asyncDebugger')]?.name(`checkout #${id}`);
  await sleep(1000);
}
checkout(42);
checkout(43);
probeAfter(20);
