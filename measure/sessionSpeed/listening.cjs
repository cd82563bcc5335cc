// Runs a server of the benchmarks in a debug session, where it has no IPC channel: node listening.cjs SERVER PORT_FILE.
// It begins to listen at once, and its port is written into the file.
'use strict';
const { renameSync, writeFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');

const [, , server, portFile] = process.argv;

process.send = (message) => {
  if (message === 'started') setImmediate(() => process.emit('message', {}));
  if (message.port === undefined) return;
  writeFileSync(`${portFile}.part`, String(message.port));
  renameSync(`${portFile}.part`, portFile);
};

import(pathToFileURL(server).href);
