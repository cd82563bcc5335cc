// finds: unhandledRejection 8
const { setTimeout: sleep } = require('node:timers/promises');
async function reserve() {
  await sleep(50);
  throw new Error('no stock');
}
async function main() {
  reserve();
  await sleep(300);
}
process.on('unhandledRejection', () => {});
main();
