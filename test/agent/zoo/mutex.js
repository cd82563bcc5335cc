// A mutex as a chain of promises: the second task waits for the first.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let last = Promise.resolve();
function exclusively(work) {
  last = last.then(work);
  return last;
}
async function write() {
  await sleep(1000);
}
async function first() {
  await exclusively(write);
}
async function second() {
  await exclusively(write);
}
first();
second();
probeAfter(20);
