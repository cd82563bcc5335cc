// A server that nobody asks: tells what processor time it has used so far.
'use strict';
const http = require('node:http');

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1_000 });
});
process.once('disconnect', () => process.exit());
http.createServer().listen(0, '127.0.0.1', () => process.send('started'));
