// keeps: 8
const net = require('node:net');
const server = net
  .createServer(() => {})
  .listen(0, '127.0.0.1', () => {
    server.unref();
    function dial() {
      return net.connect(server.address().port, '127.0.0.1');
    }
    dial().on('connect', () => {});
  });
server.on('connection', (socket) => socket.unref());
setInterval(() => {}, 5000).unref();
