// Threads that do nothing but await, all at the same time, and how much they get done together.
'use strict';
const { once } = require('node:events');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const { setImmediate: turn } = require('node:timers/promises');

const BATCH = 2_000;

async function trivial() {}

async function awaitFor(ms) {
  let awaits = 0;
  for (const untilMs = performance.now() + ms; performance.now() < untilMs; awaits += BATCH) {
    for (let i = 0; i < BATCH; i++) await trivial();
    await turn();
  }
  return awaits;
}

async function all(threads, ms) {
  const cpuBefore = process.cpuUsage();
  const beganMs = performance.now();
  const answers = threads.map((thread) => once(thread, 'message'));
  for (const thread of threads) thread.postMessage(ms);
  const counts = await Promise.all(answers);
  const { user, system } = process.cpuUsage(cpuBefore);
  const awaits = counts.reduce((sum, [count]) => sum + count, 0);
  const tookMs = performance.now() - beganMs;
  return { perSecond: (awaits * 1_000) / tookMs, cpuNs: ((user + system) * 1_000) / awaits, tookMs };
}

if (isMainThread) {
  process.once('message', async ({ workers }) => {
    const threads = Array.from({ length: workers }, () => new Worker(__filename));
    await Promise.all(threads.map((thread) => once(thread, 'message')));
    process.on('message', async ({ ms }) => process.send(await all(threads, ms)));
    process.send({ online: workers });
  });
  process.once('disconnect', () => process.exit());
  process.send('started');
} else {
  parentPort.on('message', async (ms) => parentPort.postMessage(await awaitFor(ms)));
  parentPort.postMessage('online');
}
