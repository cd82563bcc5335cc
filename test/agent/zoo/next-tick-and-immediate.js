// Tasks that a tick or an immediate has begun.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function fromTick() {
  await sleep(1000);
}
async function fromImmediate() {
  await sleep(2000);
}
process.nextTick(fromTick);
setImmediate(fromImmediate);
setImmediate(() => probeAfter(20));
