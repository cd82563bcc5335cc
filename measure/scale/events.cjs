// Makes so many promises a second for as long as it runs: most are settled at once, some tasks wait for a while, so that
// there is always something to tell.
'use strict';

const TICK_MS = 10;
const WAIT_MS = 300;
/** Tasks that begin to wait with each tick. */
const WAITING = 20;
/** Of a trivial call that is awaited: its own, and the one of the await. */
const PROMISES = 2;

let made = 0;
const beganMs = performance.now();

async function trivial() {}

async function waiting() {
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
}

async function run(perSecond) {
  for (let atMs = beganMs; ;) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const nowMs = performance.now();
    const due = Math.round(((nowMs - atMs) / 1_000) * (perSecond / PROMISES));
    atMs = nowMs;
    for (let i = 0; i < WAITING; i++) void waiting();
    for (let i = 0; i < due; i++) await trivial();
    made += due * PROMISES;
  }
}

process.once('message', ({ perSecond }) => {
  void run(perSecond);
  process.on('message', () => {
    globalThis.gc();
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send({ made, rss, heapUsed, cpuMs: (user + system) / 1_000, atMs: performance.now() });
  });
  process.send({ running: true });
});
process.once('disconnect', () => process.exit());
process.send('started');
