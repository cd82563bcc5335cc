// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function slow() {
  await sleep(700);
}
async function first() {
  return Promise.race([slow(), sleep(20)]);
}
async function main() {
  await first();
}
main();
