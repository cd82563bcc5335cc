// A WebSocket whose handshake is not answered.
// Node 22 and later
const server = require('node:net').createServer(() => probeAfter(50));
async function main() {
  const socket = new globalThis.WebSocket(`ws://127.0.0.1:${server.address().port}/prices`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
}
server.listen(0, '127.0.0.1', main);
