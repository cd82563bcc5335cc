const { Worker } = require('node:worker_threads');
const { once } = require('node:events');
async function main() {
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, execArgv: [], env: {} });
  await once(worker, 'message');
}
main();
probeAfter(400);
