// Callbacks that hand on to each other leave only the task that the last one has begun.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function last() {
  await sleep(1000);
}
process.nextTick(() => setImmediate(() => queueMicrotask(last)));
setImmediate(() => setImmediate(() => probeAfter(20)));
