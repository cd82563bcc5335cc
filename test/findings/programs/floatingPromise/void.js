// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function save() {
  await sleep(500);
}
async function handle() {
  void save();
}
async function main() {
  await handle();
  await sleep(600);
}
main();
