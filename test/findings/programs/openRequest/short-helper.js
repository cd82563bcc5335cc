// finds: nothing
// slow: 400
const http = require('node:http');
async function arm(response) {
  setTimeout(() => response.end(), 1200);
}
const server = http
  .createServer((request, response) => {
    arm(response);
  })
  .listen(0, '127.0.0.1', () => {
    http.get({ port: server.address().port, host: '127.0.0.1', path: '/a', agent: false }, (answer) => {
      answer.resume();
      server.close();
    });
  });
