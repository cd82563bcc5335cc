// One measurement: does one kind of work over and over and tells the time of one operation. It begins when whatever
// is to be measured has been attached and, where promises stay pending beside the work, the host knows them.
'use strict';
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
    const figure = await repeat(WORK[name], MEASURED_MS);
    process.send({ figure, kept: kept.length }, () => process.exit());
  });
  process.send({ kept: kept.length });
});
process.send('started');
