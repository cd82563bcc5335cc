// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function warmUp() {
  await sleep(100);
}
async function main() {
  warmUp();
  await sleep(600);
}
main();
