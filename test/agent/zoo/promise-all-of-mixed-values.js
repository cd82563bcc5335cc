// `Promise.all` of values, a thenable, a settled promise and two that wait.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function part() {
  await sleep(1000);
}
async function main() {
  const thenable = { then: (resolve) => setTimeout(resolve, 2000) };
  await Promise.all([1, null, 'text', Promise.resolve(2), part(), thenable]);
}
main();
probeAfter(20);
