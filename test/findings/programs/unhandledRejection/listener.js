// finds: unhandledRejection 5
const { EventEmitter } = require('node:events');
process.on('unhandledRejection', () => {});
const bus = new EventEmitter();
bus.on('job', async () => {
  throw new Error('job');
});
bus.emit('job');
setTimeout(() => {}, 200);
