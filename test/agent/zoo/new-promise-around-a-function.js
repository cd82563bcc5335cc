// A `new Promise` that is settled by the callbacks of another one: the two are not linked.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function inner() {
  await sleep(1000);
}
async function outer() {
  await new Promise((resolve, reject) => {
    inner().then(resolve, reject);
  });
}
outer();
probeAfter(20);
