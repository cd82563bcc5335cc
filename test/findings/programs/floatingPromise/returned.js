// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function save() {
  await sleep(400);
}
async function handle() {
  return save();
}
const other = async () => save();
async function main() {
  await handle();
  await other();
}
main();
