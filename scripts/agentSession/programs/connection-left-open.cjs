const { connect, createServer } = require('node:net');

const server = createServer(() => {}).listen(0, '127.0.0.1', () => {
  dial(server.address().port);
});
server.unref();

function dial(port) {
  const socket = connect(port, '127.0.0.1'); // FAULT
  socket.on('error', () => {});
}
