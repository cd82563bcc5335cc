// finds: nothing
// slow: 400
const http = require('node:http');
const server = http
  .createServer((request, response) => setTimeout(() => response.end(), 1200))
  .listen(0, '127.0.0.1', () => {
    http.get({ port: server.address().port, host: '127.0.0.1', path: '/a', agent: false }, (answer) => {
      answer.resume();
      server.close();
    });
  });
