// finds: floatingPromise 7
const { setTimeout: sleep } = require('node:timers/promises');
const send = async () => {
  await sleep(700);
};
const notify = async () => {
  send();
};
(async () => {
  await notify();
  await sleep(800);
})();
