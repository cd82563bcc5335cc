// A program without promises: its timers and requests stand side by side.
const fs = require('node:fs');
const { fifo } = require('./support/fifo.js');
fs.readFile(fifo, () => {});
setTimeout(() => {}, 1000);
setImmediate(() => setTimeout(() => {}, 2000));
probeAfter(200);
