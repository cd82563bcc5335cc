const { Worker } = require('node:worker_threads');

function startPrices() {
  return new Worker('setInterval(() => {}, 1000)', { eval: true }); // FAULT
}

startPrices();
