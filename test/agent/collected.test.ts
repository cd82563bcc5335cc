import assert from 'node:assert/strict';
import type { WireEntry } from '../../src/protocol/wire.js';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/**
 * Loses some tasks and promises, collects garbage until the host was told that the first task was collected, and some
 * more, and prints all that it was told.
 */
const PROGRAM = `${LOOKING}
  agent.configure({ thresholdMs: 10_000, siteBudget: 10 });
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const kept = [];

  async function sendMail() { await new Promise(() => {}); }
  async function placeOrder() { await Promise.all([sendMail()]); }
  async function lostAtTop() { await placeOrder(); }

  async function goesOnLater() { await new Promise((resolve) => kept.push(resolve)); }
  async function asleep() { await sleep(1e6); }
  async function ends() { await sleep(1); }
  async function* numbers() { yield 1; await asleep(); yield 2; }
  async function race() { await Promise.race([loser(), sleep(1)]); }
  async function loser() { await new Promise(() => {}); }
  async function keptButLost() { await new Promise(() => {}); }
  async function drops() {
    await numbers().next();
    new Promise(() => {}).then(() => {});
    await race();
  }

  lostAtTop();
  goesOnLater();
  asleep();
  ends();
  drops();
  kept.push(keptButLost());
  const told = [];
  let after = 0;
  const timer = setInterval(() => {
    told.push(...look());
    globalThis.gc();
    if (told.some((text) => JSON.parse(text).collected !== undefined)) after++;
    if (after < 10) return;
    clearInterval(timer);
    process.stdout.write(JSON.stringify(told), () => process.exit());
  }, 100);
`;

interface Told {
  /** Names of async functions that were collected, and of those that are neither that nor ended. */
  collected: string[];
  pending: string[];
  /** Kinds of other promises that were collected. */
  others: string[];
  entry: (name: string) => WireEntry | undefined;
}

function told(texts: readonly string[]): Told {
  const polls = new PollReader().read(texts);
  const sites = polls.flatMap((poll) => poll.sites);
  const entries = new Map(polls.flatMap((poll) => poll.entries).map((entry) => [entry.id, entry]));
  const collected = new Set(polls.flatMap((poll) => poll.collected ?? []));
  const ended = new Set(polls.flatMap((poll) => poll.ended));
  const all = [...entries.values()];
  const functions = all.filter(({ kind }) => kind === 'function');
  const nameOf = ({ site = 0 }: WireEntry): string => sites[site]?.function ?? '';
  const names = (some: readonly WireEntry[]): string[] => some.map(nameOf).sort();
  return {
    collected: names(functions.filter(({ id }) => collected.has(id))),
    pending: names(functions.filter(({ id }) => !collected.has(id) && !ended.has(id))),
    others: all.filter(({ id, kind }) => kind !== 'function' && collected.has(id)).map(({ kind }) => kind),
    entry: (name) => functions.find((one) => nameOf(one) === name),
  };
}

describe('Promises that are collected while they are pending', function () {
  this.timeout(240_000);

  forEachNode((node) => {
    it('are told apart from what has ended, and nothing else is', async () => {
      const { stdout, stderr } = await runProgram(
        node.path,
        ['--expose-gc'],
        { 'main.js': PROGRAM },
        preloadedAgent(),
      );
      assert.equal(stderr, '');
      const { collected, pending, others, entry } = told(JSON.parse(stdout) as string[]);
      assert.deepEqual(collected, ['loser', 'lostAtTop', 'placeOrder', 'sendMail']);
      assert.deepEqual(pending, ['asleep', 'goesOnLater', 'keptButLost']);
      assert.ok(!others.includes('resource'));
      // none is taken for one whose promise has settled, also where that was collected before the host heard of it
      for (const name of collected) assert.equal(entry(name)?.state, 'awaiting');
      assert.deepEqual(entry('lostAtTop')?.waits, [entry('placeOrder')?.id]);
    });
  });
});
