// `Promise.try` waits for the async function that it calls.
// Node 24 and later
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function work() {
  await sleep(1000);
}
async function main() {
  await Promise.try(work);
}
main();
probeAfter(20);
