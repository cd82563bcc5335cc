// finds: nothing
// slow: 300
const { setTimeout: sleep } = require('node:timers/promises');
(async function wait() {
  await sleep(900);
})();
