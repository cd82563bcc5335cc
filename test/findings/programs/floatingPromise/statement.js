// finds: floatingPromise 7
const { setTimeout: sleep } = require('node:timers/promises');
async function save() {
  await sleep(600);
}
async function handle() {
  save();
  await sleep(10);
}
async function main() {
  await handle();
  await sleep(700);
}
main();
