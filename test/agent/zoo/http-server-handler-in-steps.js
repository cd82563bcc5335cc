// A handler that goes on in a later callback: its task still belongs to the request.
const net = require('node:net');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function answer(response) {
  probeAfter(50);
  await sleep(1000);
  response.end();
}
const server = require('node:http').createServer((request, response) => {
  setImmediate(() => answer(response));
});
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').write('GET /cart HTTP/1.1\r\nHost: shop\r\n\r\n');
});
