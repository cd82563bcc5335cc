// A task waits for a message of a port at the other end of which nobody is.
const { MessageChannel } = require('node:worker_threads');
const { once } = require('node:events');
async function main() {
  const { port1 } = new MessageChannel();
  await once(port1, 'message');
}
main();
probeAfter(50);
