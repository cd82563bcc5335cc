// What is closed and over is shown no longer, though nothing has told so: only the server and the waiting task are.
const { exec } = require('node:child_process');
const fs = require('node:fs');
const zlib = require('node:zlib');
const server = require('node:net').createServer();
const forget = () => {};
async function main() {
  exec('true');
  fs.watch(__dirname).close();
  zlib.gzip('order', forget);
  process.on('SIGUSR2', forget).removeListener('SIGUSR2', forget);
  require('node:dgram').createSocket('udp4').close();
  await fs.promises.open(__filename).then((file) => file.close());
  await new Promise((resolve) => setTimeout(resolve, 5000));
}
server.listen(0, '127.0.0.1', main);
probeAfter(400);
