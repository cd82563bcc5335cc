// One measurement: does one kind of work over and over and tells the time of one operation, on the clock and of the
// processors. It begins when whatever is to be measured has been attached and, where promises stay pending beside the
// work, the host knows them.
'use strict';
const { AsyncResource } = require('node:async_hooks');
const { EventEmitter } = require('node:events');
const { stat } = require('node:fs');
const { setImmediate: turn, setTimeout: wait } = require('node:timers/promises');

const WARM_UP_MS = 1_000;
const MEASURED_MS = 1_000;
/** Operations between two turns of the event loop: short, so that a healthy program is measured. */
const BATCH = 2_000;
/** Once a promise is that old, the agent lets go of it: some with each turn of the event loop. */
const OLD_MS = 1_100;
const OLD_IN_A_TURN = 200;

async function trivial() {}

function nothing() {}

/** Levels of what is nested; BATCH is a multiple of it. */
const DEPTH = 100;

async function nested(depth) {
  if (depth > 1) await nested(depth - 1);
}

async function* numbers(count) {
  for (let i = 0; i < count; i++) yield i;
}

/** Emitters in a row: the asynchronous listener of each makes the next one emit. */
const emitters = Array.from({ length: DEPTH }, () => new EventEmitter());
for (const [index, emitter] of emitters.entries())
  emitter.on('event', async (done) => {
    await trivial();
    if (index + 1 < DEPTH) emitters[index + 1].emit('event', done);
    else done();
  });

/** Begins BATCH operations together and resolves when the last has called back. */
function together(begin) {
  return new Promise((resolve) => {
    let left = BATCH;
    const done = () => {
      if (--left === 0) resolve();
    };
    for (let i = 0; i < BATCH; i++) begin(done);
  });
}

/** Each does BATCH operations. */
const WORK = {
  async await() {
    for (let i = 0; i < BATCH; i++) await trivial();
  },
  async then() {
    let chain = Promise.resolve();
    for (let i = 0; i < BATCH; i++) chain = chain.then(nothing);
    await chain;
  },
  async new() {
    let last;
    for (let i = 0; i < BATCH; i++) last = new Promise((resolve) => resolve(i));
    await last;
  },
  async all() {
    for (let i = 0; i < BATCH; i++) await Promise.all([trivial(), trivial(), trivial()]);
  },
  async nested() {
    for (let i = 0; i < BATCH; i += DEPTH) await nested(DEPTH);
  },
  async wide() {
    await Promise.all(Array.from({ length: BATCH }, trivial));
  },
  async rejections() {
    for (let i = 0; i < BATCH; i++) await Promise.reject(undefined).catch(nothing);
  },
  async generator() {
    for await (const each of numbers(BATCH)) nothing(each);
  },
  async emitters() {
    for (let i = 0; i < BATCH; i += DEPTH) await new Promise((resolve) => emitters[0].emit('event', resolve));
  },
  async resources() {
    for (let i = 0; i < BATCH; i++) new AsyncResource('Benchmark').runInAsyncScope(nothing);
  },
  timers: () => together((done) => setTimeout(done, 1)),
  ticks: () => together(process.nextTick),
  microtasks: () => together(queueMicrotask),
  immediates: () => together(setImmediate),
  files: () => together((done) => stat(__filename, done)),
};

async function repeat(work, forMs) {
  let batches = 0;
  const cpuBefore = process.cpuUsage();
  const began = process.hrtime.bigint();
  const end = began + BigInt(forMs * 1e6);
  let now = began;
  while (now < end) {
    await work();
    await turn();
    batches++;
    now = process.hrtime.bigint();
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const operations = batches * BATCH;
  return { figure: Number(now - began) / operations, cpuNs: ((user + system) * 1_000) / operations };
}

async function keepPending(count) {
  const kept = new Array(count);
  for (let made = 0; made < count;) {
    const until = Math.min(made + BATCH, count);
    while (made < until) kept[made++] = new Promise(nothing);
    await turn();
  }
  return kept;
}

/** What is pending has cost what it costs once, before anything is measured. */
async function growOld(count) {
  if (count > 0) await wait(OLD_MS);
  for (let old = 0; old < count; old += OLD_IN_A_TURN) await turn();
}

process.once('message', async ({ name, pending }) => {
  const kept = await keepPending(pending);
  process.once('message', async () => {
    await growOld(pending);
    await repeat(WORK[name], WARM_UP_MS);
    const measured = await repeat(WORK[name], MEASURED_MS);
    process.send({ ...measured, kept: kept.length }, () => process.exit());
  });
  process.send({ kept: kept.length });
});
process.send('started');
