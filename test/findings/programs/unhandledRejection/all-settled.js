// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
async function bad() {
  await sleep(20);
  throw new Error('x');
}
(async () => {
  await Promise.allSettled([bad(), bad()]);
  await Promise.race([sleep(10), bad()]);
  await sleep(100);
})();
