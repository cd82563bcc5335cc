// A request whose handler is no async function: it waits for a timer.
const net = require('node:net');
const server = require('node:http').createServer((request, response) => {
  probeAfter(50);
  setTimeout(() => response.end(), 1000);
});
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').write('GET /cart HTTP/1.1\r\nHost: shop\r\n\r\n');
});
