// The second request of one connection: the first is over and is shown no longer.
const net = require('node:net');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const server = require('node:http').createServer(async function handle(request, response) {
  if (request.url === '/cart') {
    probeAfter(50);
    await sleep(1000);
  }
  response.end('done');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET /login HTTP/1.1\r\nHost: shop\r\n\r\n');
  socket.once('data', () => socket.write('GET /cart HTTP/1.1\r\nHost: shop\r\n\r\n'));
});
