// A client waits for the answer of a server in the same process, whose handler waits for a timer.
const http = require('node:http');
const server = http.createServer(handle).listen(0, '127.0.0.1', () => main(server.address().port));
async function handle(request, response) {
  probeAfter(50);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  response.end();
}
async function main(port) {
  await new Promise((resolve) => http.get({ port, host: '127.0.0.1', path: '/cart' }, resolve));
}
