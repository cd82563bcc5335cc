// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function main() {
  await sleep(400);
}
main();
