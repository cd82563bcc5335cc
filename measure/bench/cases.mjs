import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MeasuredProcess } from './process.mjs';

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon');
const CONNECTIONS = 20;
const WARM_UP_S = 2;
const MEASURED_S = 4;
/** By then the host has heard of everything, and the agent has let go of what it holds for a while only. */
const SETTLED_MS = 3_000;

/**
 * Something that is measured in every mode, in a fresh process each time.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {string} what
 * @property {'ns' | 'requests/s' | 'bytes'} unit
 * @property {(node: string, mode: import('./modes.mjs').Mode, options: Options) => Promise<number>} measure
 *
 * @typedef {object} Options
 * @property {number} pending  promises that stay pending beside the measured work
 * @property {number} promises how many pending promises the memory of one is measured over
 */

/** @type {Case[]} */
export const CASES = [
  work('await', 'await of a trivial async function, and its call'),
  work('then', 'one more then in a chain'),
  work('new', 'new Promise that resolves at once'),
  work('all', 'Promise.all over three trivial async functions'),
  work('timers', 'one of 2,000 timers of 1 ms, the wait included'),
  { name: 'http', what: 'bare HTTP server, 20 connections kept alive', unit: 'requests/s', measure: serve },
  memory('memory of a promise', 'promise', 'heap growth by one pending new Promise'),
  memory('memory of a call', 'call', 'heap growth by one pending call of an async function'),
];

function work(name, what) {
  const measure = (node, mode, { pending }) =>
    within(MeasuredProcess.start(node, 'work.cjs', mode), async (started) => {
      await started.ask({ name, pending });
      await started.heard();
      const { figure } = await started.ask({});
      return figure;
    });
  return { name, what, unit: 'ns', measure };
}

function serve(node, mode) {
  return within(MeasuredProcess.start(node, 'server.cjs', mode), async (started) => {
    const { port } = await started.ask({});
    await requestsPerSecond(port, WARM_UP_S);
    return requestsPerSecond(port, MEASURED_S);
  });
}

/** Asked by a process of its own, so that only its answers are counted here. */
async function requestsPerSecond(port, seconds) {
  const args = [AUTOCANNON, '--json', '-c', String(CONNECTIONS), '-d', String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, `http://127.0.0.1:${port}`]);
  return JSON.parse(stdout).requests.average;
}

function memory(name, kind, what) {
  const measure = (node, mode, { promises }) =>
    within(MeasuredProcess.start(node, 'memory.cjs', mode, ['--expose-gc']), async (started) => {
      await started.ask({ name: kind, count: promises });
      await wait(SETTLED_MS);
      await started.heard();
      const { figure } = await started.ask({});
      return figure;
    });
  return { name, what, unit: 'bytes', measure };
}

/** Ends the process whatever becomes of the measurement. */
async function within(starting, measure) {
  const started = await starting;
  try {
    return await measure(started);
  } finally {
    await started.end();
  }
}
