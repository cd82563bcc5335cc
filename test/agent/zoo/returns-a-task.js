// An async function that returns the promise of another one waits for that one.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function work() {
  await sleep(1000);
}
async function delegates() {
  return work();
}
async function main() {
  await delegates();
}
main();
probeAfter(20);
