// finds: overlap 4
const { setTimeout: sleep } = require('node:timers/promises');
function start() {
  return setInterval(async function poll() {
    await sleep(600);
  }, 80);
}
const timer = start();
setTimeout(() => clearInterval(timer), 500);
