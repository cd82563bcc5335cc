// Reading a file that gives nothing: it is open, and its first piece is waited for.
const fs = require('node:fs/promises');
const { fifo, openForWriting } = require('./support/fifo.js');
async function main() {
  openForWriting();
  await fs.readFile(fifo);
}
main();
probeAfter(200);
