const { EventEmitter, once } = require('node:events');

const db = new EventEmitter();
db.emit('ready');

async function query() {
  await once(db, 'ready'); // FAULT
  return 1;
}

query();
setInterval(() => {}, 1000);
