// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function tick() {
  await sleep(300);
}
setTimeout(() => {
  tick();
}, 10);
