// A named pipe that is opened and read like a file, but has nothing to give until the program ends.
const { execFileSync } = require('node:child_process');
const { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const folder = mkdtempSync(path.join(tmpdir(), 'fifo-'));
exports.fifo = path.join(folder, 'orders.fifo');
execFileSync('mkfifo', [exports.fifo], { stdio: 'ignore' });

/** From now on it can be opened at once; reading it waits. */
exports.openForWriting = () => open.push(openSync(exports.fifo, constants.O_RDWR));

// A thread that still waits in the pool would keep the process from ending.
const open = [];
process.on('exit', () => {
  open.push(openSync(exports.fifo, constants.O_RDWR | constants.O_NONBLOCK));
  writeSync(open[0], 'x');
  for (const file of open) closeSync(file);
  rmSync(folder, { recursive: true });
});
