import assert from 'node:assert/strict';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** Promises that all settle, of every kind that the engine makes, in a program that has no time for stacks. */
const ALL_SETTLE = `
  const { once, EventEmitter } = require('node:events');
  const { readFile } = require('node:fs/promises');
  const { setTimeout: sleep } = require('node:timers/promises');
  async function* numbers(to) { for (let at = 0; at < to; at++) yield at; }
  async function* delegates() { yield* numbers(3); yield Promise.resolve(4); }
  async function early() { for await (const at of numbers(9)) if (at === 2) break; }
  async function thrown() { throw new Error('thrown'); }
  async function returning() { return sleep(1); }
  async function value() { await 1; await null; await { then(done) { done(2); } }; }
  const kinds = [
    value, returning, early,
    async () => { for await (const at of delegates()) await at; },
    async () => { for await (const at of [1, Promise.resolve(2)]) await at; },
    async () => { const one = numbers(3); await Promise.all([one.next(), one.next(), one.return(7)]); },
    async () => { const one = numbers(3); await one.throw(new Error('thrown')).catch(() => {}); },
    () => thrown().catch(() => {}),
    () => thrown().then(() => {}, () => {}),
    () => value().finally(value),
    () => Promise.all([1, value(), sleep(1)]),
    () => Promise.race([value(), sleep(1)]),
    () => Promise.any([thrown(), sleep(1)]),
    () => Promise.allSettled([thrown(), value()]),
    () => new Promise((resolve) => resolve(sleep(1))),
    () => new Promise((_, reject) => setTimeout(reject, 1)).catch(() => {}),
    () => Promise.reject(new Error('rejected')).catch(() => {}),
    () => new (class Mine extends Promise {})((resolve) => setImmediate(resolve)).then(value),
    () => readFile(__filename),
    () => import('node:path'),
    () => { const emitter = new EventEmitter(); setImmediate(() => emitter.emit('go')); return once(emitter, 'go'); },
  ];
`;

const PENDING = 1000;

/** Makes promises that never settle, then those that all do, and looks at how many are known to be pending. */
const PROGRAM = `${LOOKING}${ALL_SETTLE}
  const kept = [];
  for (let made = 0; made < ${PENDING}; made++) kept.push(new Promise(() => {}));
  const looks = [look()];
  const settled = async () => {
    for (const kind of kinds) {
      for (let time = 0; time < 20; time++) await kind();
      looks.push(look());
    }
  };
  settled().then(() => setTimeout(() => {
    looks.push(look());
    process.stdout.write(JSON.stringify(looks), () => process.exit(kept.length === ${PENDING} ? 0 : 1));
  }, 20));
`;

describe('Promises that are not recorded', function () {
  this.timeout(120_000);

  forEachNode((node) => {
    it('are told of as pending while they are, and never where they have settled', async () => {
      const { stdout, stderr, code } = await runProgram(
        node.path,
        [],
        { 'main.js': PROGRAM },
        preloadedAgent(),
      );
      assert.deepEqual([code, stderr], [0, '']);
      const reader = new PollReader();
      const looks = (JSON.parse(stdout) as string[][]).map((texts) => reader.read(texts).at(-1));
      const pending = looks.map((poll) => poll?.dropped.promises ?? 0);
      const [first = 0] = pending;
      // of those before, which were made by Node itself, nothing is known here
      assert.ok(first >= PENDING && first < PENDING + 20, `${first} of ${PENDING}`);
      // the task that makes the others is pending, too
      const most = first + 1;
      assert.ok(
        pending.slice(1, -1).every((count) => count <= most),
        pending.join(', '),
      );
      assert.ok((pending.at(-1) ?? 0) <= first, pending.join(', '));
    });
  });
});
