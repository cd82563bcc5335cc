// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
for (let n = 0; n < 3; n++)
  setTimeout(async () => {
    await sleep(400);
  }, 20);
