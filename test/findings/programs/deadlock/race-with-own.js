// finds: nothing
const { setTimeout: sleep } = require('node:timers/promises');
let own;
async function main() {
  await null;
  await Promise.race([own, sleep(300)]);
}
own = main();
