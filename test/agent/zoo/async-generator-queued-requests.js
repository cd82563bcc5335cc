// Two requests to one generator: the second waits until the first is served.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* rows() {
  await sleep(1000);
  yield 1;
  yield 2;
}
const all = rows();
async function first() {
  await all.next();
}
async function second() {
  await all.next();
}
first();
second();
probeAfter(20);
