// Runs a plan in the main thread, in a worker or in a cluster child. Says `ready`, waits for a line, and tells the truth.
'use strict';
const cluster = require('node:cluster');
const { once } = require('node:events');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const { prepare, reports = [] } = require('./workload.cjs');

/** What the places of a whole process or thread do inside of it. */
const INSIDE = 'timer';

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function serve(plan, send, next) {
  const run = await prepare({ ...plan, place: INSIDE });
  send({ ready: true });
  await next();
  send({ truths: await run(), reports });
}

async function main() {
  const plan = JSON.parse(process.argv[2]);
  const begun = once(process.stdin, 'data');
  if (plan.place === 'worker') {
    const worker = new Worker(__filename, { workerData: plan });
    worker.on('message', say);
    await begun;
    worker.postMessage('begin');
  } else if (plan.place === 'cluster child') {
    cluster.setupPrimary({ args: process.argv.slice(2), inspectPort: 0 });
    const child = cluster.fork();
    child.on('message', say);
    await begun;
    child.send('begin');
  } else {
    const run = await prepare(plan);
    say({ ready: true });
    await begun;
    say({ truths: await run(), reports });
  }
}

if (!isMainThread)
  void serve(
    workerData,
    (message) => parentPort.postMessage(message),
    () => once(parentPort, 'message'),
  );
else if (cluster.isWorker)
  void serve(
    JSON.parse(process.argv[2]),
    (message) => process.send(message),
    () => once(process, 'message'),
  );
else void main();
