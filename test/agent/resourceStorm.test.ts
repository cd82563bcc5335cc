import assert from 'node:assert/strict';
import type { Poll, WireEntry } from '../../src/protocol/wire.js';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** Makes more timers at once than get a record, and prints what the agent says then to a host. */
const STORM = `${LOOKING}
  const { AsyncResource } = require('node:async_hooks');
  const began = performance.now();
  for (let made = 0; made < 150_000; made++) setTimeout(() => {}, 1e6);
  const outer = new AsyncResource('outer'), inner = new AsyncResource('inner');
  for (let made = 0; made < 200; made++) {
    agent.configure(settings);
    for (let others = 0; others < 200; others++) new AsyncResource('other');
    agent.configure({ thresholdMs: 1000, siteBudget: 10 });
    void new Promise((resolve) => setTimeout(resolve, 1e6));
  }
  const tookMs = performance.now() - began;
  setImmediate(() => {
    const before = look();
    outer.runInAsyncScope(() => inner.runInAsyncScope(() => {}));
    setImmediate(() => {
      process.stdout.write(JSON.stringify({ tookMs, before, after: look() }), () => process.exit());
    });
  });
`;

/** How many get a record, of all that are made: at once, and in each millisecond that the making takes. */
const MADE = 190_000;
const AT_ONCE = 100_000;
const PER_MS = 20;
/** Of those that Node has made before. */
const MARGIN = 1_000;

interface Told {
  tookMs: number;
  /** Polls before and after callbacks of resources that have no record. */
  before: string[];
  after: string[];
}

interface Found {
  recorded: number;
  dropped: number;
  /** Promises of which it is told that they wait for nothing. */
  claims: number;
  /** Promises of which it is told that this is not known. */
  unknown: number;
  /** How many began from one immediate to the next. */
  turns: number;
}

function found({ before, after }: Told): Found {
  const reader = new PollReader();
  const entries = new Map<number, WireEntry>();
  const read = (texts: string[]): Poll => {
    const polls = reader.read(texts);
    for (const entry of polls.flatMap((poll) => poll.entries)) entries.set(entry.id, entry);
    const last = polls.at(-1);
    assert.ok(last?.turn);
    return last;
  };
  const { turn } = read(before);
  const all = [...entries.values()];
  const promises = all.filter(({ kind }) => kind === 'new').map(({ waits }) => waits);
  const last = read(after);
  return {
    recorded: all.filter(({ type }) => type === 'Timeout').length,
    dropped: last.dropped.records,
    claims: promises.filter((waits) => waits.length === 0).length,
    unknown: promises.filter(([wait]) => wait === 0).length,
    turns: (last.turn?.seq ?? 0) - (turn?.seq ?? 0),
  };
}

describe('A storm of resources', function () {
  this.timeout(240_000);

  forEachNode((node) => {
    it('leaves those without a record that are too many, and says what is not known for it', async () => {
      const preload = preloadedAgent();
      const { stdout, stderr } = await runProgram(node.path, [], { 'main.js': STORM }, preload);
      assert.equal(stderr, '');
      const told = JSON.parse(stdout) as Told;
      const { recorded, dropped, claims, unknown, turns } = found(told);
      const most = AT_ONCE + PER_MS * told.tookMs;
      const all = `${recorded} timers, ${dropped} dropped in ${told.tookMs} ms`;
      assert.ok(recorded > AT_ONCE - MARGIN && recorded < most + MARGIN, all);
      assert.ok(dropped > MADE - most - MARGIN && dropped < MADE - AT_ONCE + MARGIN, all);
      assert.equal(claims, 0);
      assert.ok(unknown > 10, `${unknown} unknown`);
      assert.equal(turns, 1);
    });
  });
});
