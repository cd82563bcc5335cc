import assert from 'node:assert/strict';
import { readPoll } from '../../src/model/wire/wireReader.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** `late` is ready when its await begins, for what it awaits has settled 300 ms before. */
const PROGRAM = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  agent.connect({ thresholdMs: 100, siteBudget: 100 });
  const polls = [];
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  async function early() {
    await pause(1);
  }
  async function late() {
    const settled = early();
    await pause(300);
    await settled;
    await pause(5);
    polls.push(agent.poll());
    console.log(JSON.stringify(polls));
  }
  late();
`;

describe('The time that a task was ready', () => {
  forEachNode((node) => {
    it('does not begin before its await', async () => {
      const { stdout } = await runProgram(node.path, [], { 'program.js': PROGRAM }, preloadedAgent());
      const [text = ''] = JSON.parse(stdout) as string[];
      const poll = readPoll(JSON.parse(text), { scripts: 0, sites: 0 });
      const late = poll.entries.find(
        ({ kind, site = 0 }) => kind === 'function' && poll.sites[site]?.function === 'late',
      );
      assert.ok(late, text);
      const lasted = poll.nowMs - late.bornMs;
      assert.ok(lasted > 300, `${lasted} ms`);
      assert.ok((late.readyMs ?? 0) < 250, `ready for ${late.readyMs ?? 0} of ${lasted} ms`);
    });
  });
});
