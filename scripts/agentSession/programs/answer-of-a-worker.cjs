const { once } = require('node:events');
const { Worker } = require('node:worker_threads');

const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => {})', {
  eval: true,
});

async function price(item) {
  worker.postMessage(item);
  const [answer] = await once(worker, 'message'); // FAULT
  return answer;
}

price('apple');
