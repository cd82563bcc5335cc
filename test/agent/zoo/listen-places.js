// Each server, socket and watcher stands at the line that made it listen, though Node looks up the address first.
const dgram = require('node:dgram');
const fs = require('node:fs');
const net = require('node:net');

function address() {
  return net.createServer().listen(0, '127.0.0.1');
}
function name() {
  return net.createServer().listen(0, 'localhost');
}
function bind() {
  dgram.createSocket('udp4').bind(0, '127.0.0.1');
}
const servers = [address(), name()];
bind();
fs.watch(__dirname);
fs.watchFile(__filename, () => {});
let listening = 0;
for (const server of servers) {
  server.on('listening', () => {
    if (++listening < servers.length) return;
    globalThis.probe();
    process.exit();
  });
}
