// finds: nothing
// node: --expose-gc
const { setTimeout: sleep } = require('node:timers/promises');
async function never() {
  await new Promise(() => {});
}
async function main() {
  await Promise.race([never(), sleep(100)]);
  globalThis.gc();
  await sleep(400);
}
main();
