// A client waits for data through a listener: the promise and the connection are not linked.
const net = require('node:net');
const server = net
  .createServer(() => probeAfter(50))
  .listen(0, '127.0.0.1', () => main(server.address().port));
async function main(port) {
  const socket = net.connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('data', resolve));
}
