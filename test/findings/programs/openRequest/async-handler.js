// finds: openRequest 9
// finds in 18: openRequest nowhere
// slow: 400
const http = require('node:http');
const server = http
  .createServer(async () => {
    await null;
  })
  .listen(0, '127.0.0.1', () => {
    http
      .get({ port: server.address().port, host: '127.0.0.1', path: '/a', agent: false }, () => {})
      .on('error', () => {});
    setTimeout(() => process.exit(), 1300);
  });
