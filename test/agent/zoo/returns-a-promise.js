// An async function that returns a promise waits for it without an await.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function adopts() {
  return sleep(1000);
}
async function main() {
  await adopts();
}
main();
probeAfter(20);
