// Functions that await each other are one chain down to the timer.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function query() {
  await sleep(1000);
}
async function load() {
  await query();
}
async function page() {
  await load();
}
page();
probeAfter(20);
