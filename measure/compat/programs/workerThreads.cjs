const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

function parseJSAsync(script) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: script });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code !== 0) reject(new Error(`Worker stopped with exit code ${code}`));
    });
  });
}

async function main() {
  console.log(await Promise.all(['1 + 1', '"a".repeat(3)', '[1].concat(2)'].map(parseJSAsync)));
  await parseJSAsync('throw new RangeError("too far")').catch((error) => console.log(error.name, error.message));
  await parseJSAsync('process.exit(9)').catch((error) => console.log(error.message));
  const endless = new Worker('setInterval(() => {}, 1000)', { eval: true });
  await new Promise((resolve) => endless.once('online', resolve));
  console.log('terminated', await endless.terminate());
}

if (isMainThread) main();
else parentPort.postMessage(eval(workerData));
