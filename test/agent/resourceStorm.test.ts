import assert from 'node:assert/strict';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** Makes more timers at once than get a record, and asks the agent, as a host does, what it knows then. */
const STORM = `
  const { AsyncResource } = require('node:async_hooks');
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  agent.connect({ thresholdMs: 1000, siteBudget: 0 });
  const entries = new Map();
  let dropped, turn;
  function look() {
    let more = true;
    while (more) {
      const beat = JSON.parse(agent.beat());
      for (const entry of beat.entries) entries.set(entry.id, entry);
      ({ turn, more } = beat);
      dropped = beat.dropped.records;
    }
  }
  for (let made = 0; made < 150_000; made++) setTimeout(() => {}, 1e6);
  const outer = new AsyncResource('outer'), inner = new AsyncResource('inner');
  agent.configure({ thresholdMs: 1000, siteBudget: 10 });
  for (let made = 0; made < 200; made++) {
    for (let others = 0; others < 200; others++) new AsyncResource('other');
    void new Promise((resolve) => setTimeout(resolve, 1e6));
  }
  setImmediate(() => {
    look();
    const { seq } = turn;
    const all = [...entries.values()];
    const recorded = all.filter(({ type }) => type === 'Timeout').length;
    const promises = all.filter(({ kind }) => kind === 'new').map(({ waits }) => waits);
    const claims = promises.filter((waits) => waits.length === 0).length;
    const unknown = promises.filter(([wait]) => wait === 0).length;
    outer.runInAsyncScope(() => inner.runInAsyncScope(() => {}));
    setImmediate(() => {
      look();
      console.log(JSON.stringify({ recorded, dropped, claims, unknown, turns: turn.seq - seq }));
      process.exit();
    });
  });
`;

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

describe('A storm of resources', function () {
  this.timeout(60_000);

  forEachNode((node) => {
    it('leaves those without a record that are too many, and says what is not known for it', async () => {
      const preload = preloadedAgent();
      const { stdout, stderr } = await runProgram(node.path, [], { 'main.js': STORM }, preload);
      assert.equal(stderr, '');
      const { recorded, dropped, claims, unknown, turns } = JSON.parse(stdout) as Found;
      assert.ok(recorded > 99_000 && recorded < 110_000, `${recorded} timers`);
      assert.ok(dropped > 40_000 && dropped < 90_000, `${dropped} dropped`);
      assert.equal(claims, 0);
      assert.ok(unknown > 10, `${unknown} unknown`);
      assert.equal(turns, 1);
    });
  });
});
