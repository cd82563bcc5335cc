// `timers/promises` waits for its timer.
const timers = require('node:timers/promises');
async function main() {
  await timers.setTimeout(1000);
}
main();
probeAfter(20);
