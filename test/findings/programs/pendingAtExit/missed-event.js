// finds: pendingAtExit 6
const { EventEmitter } = require('node:events');
const db = new EventEmitter();
setTimeout(() => db.emit('ready'), 10);
async function connect() {
  await new Promise((resolve) => setTimeout(() => db.once('ready', resolve), 100));
}
connect();
