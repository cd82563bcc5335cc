// A request over HTTP/2 that has no answer.
const http2 = require('node:http2');
const { once } = require('node:events');
const server = http2.createServer().on('stream', () => probeAfter(50));
async function main() {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  await once(client.request({ ':path': '/cart' }), 'response');
}
server.listen(0, '127.0.0.1', main);
