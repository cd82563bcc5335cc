// Opening a file that takes long, with a promise.
const fs = require('node:fs/promises');
const { fifo } = require('./support/fifo.js');
async function main() {
  await fs.open(fifo, 'r');
}
main();
probeAfter(200);
