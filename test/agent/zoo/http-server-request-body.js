// A handler that waits for the rest of the request's body.
const net = require('node:net');
const server = require('node:http').createServer(async function handle(request, response) {
  probeAfter(50);
  for await (const chunk of request) chunk;
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const head = 'POST /orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\n';
  net.connect(server.address().port, '127.0.0.1').write(`${head}{`);
});
