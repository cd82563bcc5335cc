// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
const timer = setInterval(async () => {
  await sleep(5);
}, 100);
setTimeout(() => clearInterval(timer), 500);
