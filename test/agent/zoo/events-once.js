// `events.once` waits for an event that nobody has announced.
const { once, EventEmitter } = require('node:events');
async function main() {
  await once(new EventEmitter(), 'ready');
}
main();
probeAfter(20);
