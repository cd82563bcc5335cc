// `navigator.locks`: the second task waits until the first gives the lock back.
// Node 24 and later
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function first() {
  await globalThis.navigator.locks.request('stock', () => sleep(1000));
}
async function second() {
  await globalThis.navigator.locks.request('stock', () => sleep(2000));
}
first();
second();
probeAfter(100);
