// finds: overlap 3
const { setTimeout: sleep } = require('node:timers/promises');
const timer = setInterval(async () => {
  await sleep(500);
}, 60);
setTimeout(() => clearInterval(timer), 500);
