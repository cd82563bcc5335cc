// finds: unhandledRejection 7
const { setTimeout: sleep } = require('node:timers/promises');
async function main() {
  await sleep(50);
  throw new Error('dead');
}
main();
