// Requests that follow each other over one kept-alive connection: it has one row, however often it is used.
const http = require('node:http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((_request, response) => response.end('ok'));

function get(port) {
  return new Promise((resolve) => {
    http.get({ port, host: '127.0.0.1', agent }, (response) => response.resume().on('end', resolve));
  });
}
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  // those that wait for the connection get it within the callback of the one before
  await Promise.all([get(port), get(port), get(port)]);
  for (let n = 0; n < 3; n++) {
    await new Promise(setImmediate);
    await get(port);
  }
  await new Promise(setImmediate);
  globalThis.probe();
  process.exit();
});
