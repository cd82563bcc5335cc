// A task that `queueMicrotask` has begun.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function refresh() {
  await sleep(1000);
}
queueMicrotask(refresh);
probeAfter(20);
