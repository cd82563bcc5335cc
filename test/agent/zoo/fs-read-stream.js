// `for await` over a file that gives nothing.
const fs = require('node:fs');
const { fifo, openForWriting } = require('./support/fifo.js');
async function main() {
  openForWriting();
  for await (const chunk of fs.createReadStream(fifo)) chunk;
}
main();
probeAfter(200);
