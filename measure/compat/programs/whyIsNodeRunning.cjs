const log = require('why-is-node-running');
const net = require('node:net');

function createServer() {
  const server = net.createServer();
  setInterval(() => {}, 1000);
  server.listen(0);
}

createServer();
createServer();

setTimeout(() => {
  log();
  process.exit();
}, 100);
