// A top-level await is a task with the name of the module.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

probeAfter(20);
async function connect() {
  await sleep(1000);
}
await connect();
