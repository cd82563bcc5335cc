// A server that waits for its first client.
const { once } = require('node:events');
const server = require('node:net').createServer();
async function main() {
  server.listen(0, '127.0.0.1', () => probeAfter(20));
  await once(server, 'connection');
}
main();
