// A client that writes more than the other side reads waits for `drain`.
const net = require('node:net');
const { once } = require('node:events');
const server = net.createServer({ pauseOnConnect: true }, () => probeAfter(50));
async function main() {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write(Buffer.alloc(50_000_000));
  await once(socket, 'drain');
}
server.listen(0, '127.0.0.1', main);
