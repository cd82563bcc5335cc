// A task that failed and that nobody waits for is over; what it left open stays.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

process.on('unhandledRejection', () => {});
async function audit() {
  await sleep(1000);
}
async function fails() {
  audit();
  await sleep(1);
  throw new Error('on purpose');
}
fails();
probeAfter(40);
