import assert from 'node:assert/strict';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** Longer than anything else here takes, also on a busy machine. */
const THRESHOLD_MS = 600;
const BLOCK_MS = 700;

/**
 * Starts a timer without the agent, which comes in its first round, and prints what the agent says to a host in each of
 * five. Promises and ticks follow all of them, one promise in a context of its own, and the third blocks the loop.
 */
function program(atFirst: string): string {
  return `${LOOKING}
  const { createHook } = require('node:async_hooks');
  const { runInNewContext } = require('node:vm');
  agent.stop();
  ${atFirst}
  const told = [];
  const timer = setInterval(() => {
    void Promise.resolve().then(() => Promise.resolve());
    void runInNewContext('Promise.resolve().then(() => {})');
    process.nextTick(() => queueMicrotask(() => {}));
    if (told.length === 0) agent.connect({ ...settings, thresholdMs: ${THRESHOLD_MS} });
    else if (told.length === 2) for (const end = Date.now() + ${BLOCK_MS}; Date.now() < end; );
    told.push(look());
    if (told.length < 5) return;
    clearInterval(timer);
    process.stdout.write(JSON.stringify(told.flat()), () => process.exit());
  }, 5);
`;
}

const PROGRAMS = {
  'by itself': '',
  'that listens to promises as well': 'createHook({ init() {}, before() {} }).enable();',
};

describe('Callbacks of what is older than the agent', () => {
  forEachNode((node) => {
    for (const [which, atFirst] of Object.entries(PROGRAMS)) {
      it(`are turns of the loop, in a program ${which}`, async () => {
        const files = { 'main.js': program(atFirst) };
        const { stdout, stderr } = await runProgram(node.path, [], files, preloadedAgent());
        assert.equal(stderr, '');
        const polls = new PollReader().read(JSON.parse(stdout) as string[]);
        const blocks = polls.flatMap((poll) => poll.blocks);
        assert.ok(blocks.every(({ type }) => type === 'unknown'));
        const longestMs = Math.max(...blocks.map(({ durationMs }) => durationMs));
        assert.ok(longestMs >= BLOCK_MS - 1, `${longestMs} ms`);
        // the agent came amid the first round, which is a turn from there on, and nothing but the timer goes round
        const turns = polls.flatMap(({ turn }) => (turn === undefined ? [] : [turn.seq]));
        const first = turns[0] ?? 0;
        assert.deepEqual(turns, [first, first + 1, first + 2, first + 3, first + 4]);
      });
    }
  });
});
