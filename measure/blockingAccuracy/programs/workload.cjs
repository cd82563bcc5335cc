// Blocks the loop of its thread as planned, and knows when that was and for how long.
'use strict';
const { PerformanceObserver } = require('node:perf_hooks');
const { setTimeout: wait } = require('node:timers/promises');
const { threadId } = require('node:worker_threads');
const { calibrate, cpuMs } = require('./calibrate.cjs');
const places = require('./places.cjs');

const PAUSE_MS = 400;
const beganMs = globalThis[Symbol.for('blockingAccuracy.began')];

/** What a peer that was required first has reported; `undefined` where there is none. */
exports.reports = globalThis[Symbol.for('blockingAccuracy.reports')];

/** Of garbage collections, on the same clock. */
const collections = [];

/**
 * @param {{ place: string, blocks: { id: number, kind: string, ms: number, isLast: boolean }[] }} plan
 * @returns {Promise<() => Promise<object[]>>} does what was prepared, and tells the truth of each block
 */
exports.prepare = async ({ place, blocks }) => {
  const prepared = [];
  for (const block of blocks) {
    const kind = require(`./kinds/${block.kind}.cjs`);
    prepared.push({ block, kind, input: await calibrate(kind, block.ms) });
    await wait(1);
  }
  return async () => {
    new PerformanceObserver((list) => collections.push(...list.getEntries())).observe({ entryTypes: ['gc'] });
    const truths = [];
    await wait(PAUSE_MS);
    // a peer has seen the preparations too
    if (exports.reports !== undefined) exports.reports.length = 0;
    for (const { block, kind, input } of prepared) {
      await wait(PAUSE_MS);
      truths.push({ ...block, ...(await timed(places[place], kind, input, block.isLast)) });
    }
    await wait(PAUSE_MS);
    return truths.map((truth) => ({
      ...truth,
      startMs: truth.fromMs - beganMs,
      gcMs: collectedMs(truth),
      pid: process.pid,
      threadId,
    }));
  };
};

/** The next thing after the block reads the clock: its own function goes on or, if it is the last thing, what waited. */
function timed(place, kind, input, isLast) {
  return new Promise((resolve) => {
    place(() => {
      let fromMs = 0;
      let began;
      const done = () => {
        const durationMs = performance.now() - fromMs;
        resolve({ fromMs, durationMs, cpuMs: cpuMs(began) });
      };
      if (isLast) queueMicrotask(done);
      began = process.cpuUsage();
      fromMs = performance.now();
      if (isLast) kind.last(input);
      else kind.middle(input, done);
    });
  });
}

function collectedMs({ fromMs, durationMs }) {
  const toMs = fromMs + durationMs;
  return collections.reduce(
    (sum, { startTime, duration }) =>
      sum + Math.max(0, Math.min(toMs, startTime + duration) - Math.max(fromMs, startTime)),
    0,
  );
}
