// A task that was begun earlier is found again where it is awaited.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function slow() {
  await sleep(2000);
}
async function main() {
  const pending = slow();
  await sleep(1);
  await pending;
}
main();
probeAfter(20);
