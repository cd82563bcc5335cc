// A task waits for the end of a worker.
const { Worker } = require('node:worker_threads');
const { once } = require('node:events');
async function main() {
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, execArgv: [], env: {} });
  worker.on('online', () => probeAfter(50));
  await once(worker, 'exit');
}
main();
