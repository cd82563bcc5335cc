// Asks the agent itself, in its own process, what the host would ask: how long the program stands still for a poll
// while many promises are pending.
'use strict';
const { setImmediate: turn, setTimeout: wait } = require('node:timers/promises');

const AGENT = Symbol.for('nodejs.asyncDebugger.agent');
const SETTINGS = { thresholdMs: 100, siteBudget: 0.1 };
const BATCH = 2_000;
/** The agent treats promises of that age in another way, a slice with each poll. */
const OLD_MS = 1_100;
const WARM_UP_POLLS = 50;
const MEASURED_POLLS = 100;

function nothing() {}

function microsecondsOf(work) {
  const began = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - began) / 1e3;
}

function median(figures) {
  return figures.sort((a, b) => a - b)[figures.length >> 1];
}

/** Half of the changes are promises that settle, half are new ones in their place. */
function changer(changes) {
  const half = changes / 2;
  let settle = [];
  return () => {
    for (const each of settle) each();
    settle = Array.from({ length: half }, () => {
      let resolve;
      void new Promise((found) => (resolve = found));
      return resolve;
    });
  };
}

async function measure(agent, change) {
  const figures = [];
  for (let poll = 0; poll < WARM_UP_POLLS + MEASURED_POLLS; poll++) {
    change();
    await turn();
    figures.push(microsecondsOf(agent.poll));
  }
  return median(figures.slice(WARM_UP_POLLS));
}

process.once('message', async ({ pending, changes }) => {
  const agent = globalThis[AGENT];
  agent.connect(SETTINGS);
  const kept = new Array(pending);
  for (let made = 0; made < pending;) {
    const until = Math.min(made + BATCH, pending);
    while (made < until) kept[made++] = new Promise(nothing);
    await turn();
  }
  await wait(OLD_MS);
  for (let told = 0; told <= pending; told += BATCH) {
    agent.poll();
    await turn();
  }
  while (JSON.parse(agent.poll()).more) await turn();
  const idleUs = await measure(agent, nothing);
  const changedUs = await measure(agent, changer(changes));
  process.send({ idleUs, changedUs, kept: kept.length }, () => process.exit());
});
process.send('started');
