// The bare HTTP server that autocannon asks: tells its port when it may begin, and ends when its parent does.
'use strict';
const http = require('node:http');

process.once('message', () => {
  const server = http.createServer((request, response) => response.end('hello'));
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
});
process.once('disconnect', () => process.exit());
process.send('started');
