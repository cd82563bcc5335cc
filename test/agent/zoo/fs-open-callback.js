// Opening a file that takes long, with a callback.
const fs = require('node:fs');
const { fifo } = require('./support/fifo.js');
async function main() {
  await new Promise((resolve) => fs.open(fifo, 'r', resolve));
}
main();
probeAfter(200);
