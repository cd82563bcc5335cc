// A UDP socket that nobody sends a message to.
const { once } = require('node:events');
const socket = require('node:dgram').createSocket('udp4');
async function main() {
  socket.bind(0, '127.0.0.1', () => probeAfter(20));
  await once(socket, 'message');
}
main();
