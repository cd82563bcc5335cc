// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function heartbeat() {
  for (;;) await sleep(50, undefined, { ref: false });
}
heartbeat();
setTimeout(() => {}, 200);
