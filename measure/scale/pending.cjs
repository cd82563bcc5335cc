// Keeps very many promises pending, and times each question of the host that it answers: how long it stands still.
'use strict';
const { PerformanceObserver, monitorEventLoopDelay } = require('node:perf_hooks');
const { setImmediate: turn } = require('node:timers/promises');

const AGENT = Symbol.for('nodejs.asyncDebugger.agent');
/** As if they had been made over hours: every one is within the budget, and the host comes later. */
const MAKING = { thresholdMs: 100, siteBudget: 100 };
const BATCH = 2_000;
const CHANGE_MS = 100;
/** Pairs that settle every time, and as many new ones in their place: 1,000 changes. */
const PAIRS = 250;

const resolves = [];
const kept = [];
let settled = 0;

function pending() {
  return new Promise((resolve) => resolves.push(resolve));
}

async function call() {
  await pending();
}

/** Each makes two promises that stay pending, that of the await not among them, and settles two. */
const MAKE = {
  promises: () => kept.push(pending(), pending()),
  calls: () => kept.push(call()),
};
const SETTLE = {
  promises() {
    resolves[settled++]();
    resolves[settled++]();
  },
  calls: () => resolves[settled++](),
};

let times = [];
/** The longest collection of garbage, which is part of a turn. */
let collectionMs = 0;

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collectionMs = Math.max(collectionMs, duration);
}).observe({ entryTypes: ['gc'] });

/** A native timer sees for how long no turn of the event loop began: turns that are set off for it would be a storm. */
const turns = monitorEventLoopDelay({ resolution: 1 });
turns.enable();

function timed(work) {
  const began = process.hrtime.bigint();
  const answer = work();
  times.push(Number(process.hrtime.bigint() - began) / 1e6);
  return answer;
}

/** What the host evaluates. */
globalThis.measured = {
  connect: (settings) => timed(() => globalThis[AGENT].connect(settings)),
  poll: () => timed(globalThis[AGENT].poll),
  change: () => setInterval(change, CHANGE_MS),
  report,
};

/** Since it was last asked. */
function report() {
  const told = { times, longestMs: turns.max / 1e6, collectionMs };
  times = [];
  turns.reset();
  collectionMs = 0;
  return told;
}

/** As many objects as a host is told of, for one turn each: what the collector takes for that without us. */
async function litter(count) {
  report();
  for (let made = 0; made < count; made += BATCH) {
    Array.from({ length: BATCH }, (_, id) => ({
      id,
      kind: 'new',
      bornMs: made,
      by: id,
      site: 1,
      waits: [id],
    }));
    await turn();
  }
  return report();
}

function change() {
  for (let i = 0; i < PAIRS; i++) {
    SETTLE[kind]();
    MAKE[kind]();
  }
}

let kind;
process.once('message', async (message) => {
  kind = message.kind;
  globalThis[AGENT]?.connect(MAKING);
  for (let made = 0; made < message.pending;) {
    const until = Math.min(made + BATCH, message.pending);
    for (; made < until; made += 2) MAKE[kind]();
    await turn();
  }
  process.on('message', async ({ objects = 0 }) => {
    const { longestMs } = await litter(objects);
    globalThis.gc();
    const { rss, heapUsed } = process.memoryUsage();
    process.send({ rss, heapUsed, longestMs });
  });
  process.send({ made: true });
});
process.once('disconnect', () => process.exit());
process.send('started');
