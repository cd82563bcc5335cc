// finds: nothing
const { on, EventEmitter } = require('node:events');
const bus = new EventEmitter();
async function listen() {
  for await (const [job] of on(bus, 'job')) console.log(job);
}
listen();
setTimeout(() => bus.emit('job', 1), 50);
