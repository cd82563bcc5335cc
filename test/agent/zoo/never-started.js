// What was not begun is not shown: a generator without a request, a thenable, a function nobody calls.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* rows() {
  await sleep(1000);
  yield 1;
}
const work = {
  generator: rows(),
  lazy: { then: (resolve) => setTimeout(resolve, 1000) },
  callback: async () => sleep(1000),
};
async function main() {
  await new Promise((resolve) => (work.done = resolve));
}
main();
probeAfter(20);
