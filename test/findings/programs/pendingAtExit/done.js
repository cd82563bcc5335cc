// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function main() {
  await sleep(200);
}
main();
