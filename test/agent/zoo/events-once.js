const { once, EventEmitter } = require('node:events');
async function main() {
  await once(new EventEmitter(), 'ready');
}
main();
probeAfter(20);
