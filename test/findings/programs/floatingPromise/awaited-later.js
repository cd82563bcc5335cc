// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function save() {
  await sleep(400);
}
async function handle() {
  const saved = save();
  await sleep(100);
  return { saved };
}
async function main() {
  const { saved } = await handle();
  await sleep(100);
  await saved;
}
main();
