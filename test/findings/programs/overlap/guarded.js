// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
let busy = false;
const timer = setInterval(async () => {
  if (busy) return;
  busy = true;
  await sleep(200);
  busy = false;
}, 50);
setTimeout(() => clearInterval(timer), 600);
