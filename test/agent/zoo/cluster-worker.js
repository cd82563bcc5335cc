// The primary of a cluster waits until its worker listens.
const cluster = require('node:cluster');
const { once } = require('node:events');
const path = require('node:path');
async function main() {
  cluster.setupPrimary({ exec: path.join(__dirname, 'support', 'silent.js'), execArgv: [], silent: true });
  const worker = cluster.fork();
  worker.on('online', () => probeAfter(50));
  process.on('exit', () => worker.process.kill());
  await once(worker, 'listening');
}
main();
