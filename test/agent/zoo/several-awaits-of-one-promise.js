// Three tasks and one `then` wait for the same promise, each in its own way.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const config = sleep(1000);
async function awaits() {
  await config;
}
async function returns() {
  return config;
}
async function races() {
  await Promise.race([config, config.then(() => 1)]);
}
awaits();
returns();
races();
probeAfter(20);
