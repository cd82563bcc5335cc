// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function tick() {
  for (;;) await sleep(50);
}
tick();
setTimeout(() => process.exit(0), 200);
