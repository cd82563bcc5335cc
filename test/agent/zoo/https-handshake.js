// A TLS handshake that the other side never takes part in.
const https = require('node:https');
const server = require('node:net').createServer(() => probeAfter(50));
async function main() {
  const { port } = server.address();
  await new Promise((resolve) => https.get({ port, host: '127.0.0.1', path: '/cart' }, resolve));
}
server.listen(0, '127.0.0.1', main);
