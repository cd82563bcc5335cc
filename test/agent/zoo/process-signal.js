// A task waits for a signal.
const { once } = require('node:events');
async function main() {
  await once(process, 'SIGUSR2');
}
main();
probeAfter(20);
