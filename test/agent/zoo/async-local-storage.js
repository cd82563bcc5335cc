// Tasks with a store of their own: AsyncLocalStorage changes nothing in the tree.
const { AsyncLocalStorage } = require('node:async_hooks');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const user = new AsyncLocalStorage();
async function query() {
  await sleep(1000);
}
async function handle() {
  await query();
}
user.run('ada', handle);
user.run('ben', () => user.exit(handle));
probeAfter(20);
