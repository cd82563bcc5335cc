// A request whose handler waits: the task stands below its request.
const net = require('node:net');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const server = require('node:http').createServer(async function handle(request, response) {
  probeAfter(50);
  await sleep(1000);
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').write('GET /cart HTTP/1.1\r\nHost: shop\r\n\r\n');
});
