// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function main() {
  await sleep(100);
  process.exit(0);
}
main();
