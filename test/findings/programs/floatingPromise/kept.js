// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function save() {
  await sleep(500);
}
const jobs = [];
async function handle() {
  jobs.push(save());
}
async function main() {
  await handle();
  await Promise.all(jobs);
}
main();
