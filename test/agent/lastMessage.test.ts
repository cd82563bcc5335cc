import assert from 'node:assert/strict';
import type { Poll, FinalUpdate } from '../../src/protocol/wire.js';
import { PollReader, LOOKING } from '../support/agentPolls.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** A timer that asks the agent when it is read, as V8 lets a host ask between any two calls. */
const PROGRAM = `${LOOKING}
  const answers = [];
  function ask(question) {
    try { question(); answers.push('answered'); } catch (error) { answers.push(error.message); }
  }
  const timer = setTimeout(() => {}, 3_600_000);
  setTimeout(() => {}, 3_600_000);
  let isEnding = false;
  let isDestroyed = false;
  Object.defineProperty(timer, '_destroyed', {
    get() {
      if (isEnding) { ask(() => agent.poll()); ask(() => agent.connect(settings)); }
      return isDestroyed;
    },
    set(value) { isDestroyed = value; },
  });
  look();
  isEnding = true;
  const finalUpdate = agent.finalUpdate();
  isEnding = false;
  ask(() => agent.poll());
  process.stdout.write(JSON.stringify({ answers, finalUpdate }), () => process.exit());
`;

describe('The last message', () => {
  forEachNode((node) => {
    it('is whole also where the host asks in the middle of it', async () => {
      const { stdout, stderr } = await runProgram(node.path, [], { 'main.js': PROGRAM }, preloadedAgent());
      assert.equal(stderr, '');
      const { answers, finalUpdate } = JSON.parse(stdout) as { answers: string[]; finalUpdate: string };
      const refused = answers.slice(0, -1);
      assert.ok(refused.length >= 2, stdout);
      assert.deepEqual(new Set(refused), new Set(['The thread is telling its end.']));
      assert.equal(answers.at(-1), 'answered');
      const polls: Poll[] = new PollReader().read(
        (JSON.parse(finalUpdate) as FinalUpdate).polls.map((poll) => JSON.stringify(poll)),
      );
      assert.equal(polls.at(-1)?.more, false);
    });
  });
});
