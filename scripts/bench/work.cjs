// One measurement: does one kind of work over and over and tells the time of one operation. It is started by
// measure.mjs, and begins when that has attached whatever is to be measured.
'use strict';
const { setImmediate: turn } = require('node:timers/promises');

const WARM_UP_MS = 1_000;
const MEASURED_MS = 1_000;
/** Operations between two turns of the event loop: short, so that a healthy program is measured. */
const BATCH = 2_000;

async function trivial() {}

function nothing() {}

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
  timers() {
    return new Promise((resolve) => {
      let left = BATCH;
      const done = () => {
        if (--left === 0) resolve();
      };
      for (let i = 0; i < BATCH; i++) setTimeout(done, 1);
    });
  },
};

async function repeat(work, forMs) {
  let batches = 0;
  const began = process.hrtime.bigint();
  const end = began + BigInt(forMs * 1e6);
  let now = began;
  while (now < end) {
    await work();
    await turn();
    batches++;
    now = process.hrtime.bigint();
  }
  return Number(now - began) / (batches * BATCH);
}

async function measure({ name, pending }) {
  const kept = Array.from({ length: pending }, () => new Promise(nothing));
  await repeat(WORK[name], WARM_UP_MS);
  const nsPerOperation = await repeat(WORK[name], MEASURED_MS);
  process.send({ figure: nsPerOperation, kept: kept.length }, () => process.exit());
}

process.once('message', measure);
process.send('started');
