// finds: nothing
// slow: 300
const { once, EventEmitter } = require('node:events');
const bus = new EventEmitter();
(async function wait() {
  await once(bus, 'go');
})();
setTimeout(() => bus.emit('go'), 900);
