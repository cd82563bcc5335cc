// Two tasks that await one promise: it stands below both.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const shared = sleep(1000);
async function first() {
  await shared;
}
async function second() {
  await shared;
}
first();
second();
probeAfter(20);
