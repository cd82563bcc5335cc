import assert from 'node:assert/strict';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

const CALLS = 100;

/**
 * Calls two async functions and a `new Promise` many times, and tells at which lines these calls await, and how
 * many whole stacks were captured for them: before each the agent sets what is to write it.
 */
const PROGRAM = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  agent.connect({ thresholdMs: 100, siteBudget: 100, hasDebugger: process.env.HAS_DEBUGGER === '1' });
  async function outer() {
    await inner();
  }
  async function inner() {
    await new Promise(() => {});
  }
  function call() {
    outer();
  }
  call();
  call();
  let stacks = 0;
  let prepare;
  Object.defineProperty(Error, 'prepareStackTrace', {
    get: () => prepare,
    set: (value) => {
      if (value !== undefined) stacks++;
      prepare = value;
    },
  });
  for (let n = 0; n < ${CALLS}; n++) call();
  const { entries, sites } = JSON.parse(agent.beat());
  const lines = entries.filter(({ kind }) => kind === 'function').map((task) => sites[task.await].line);
  console.log(JSON.stringify({ stacks, lines: [...new Set(lines)], tasks: lines.length }));
`;

interface Told {
  stacks: number;
  lines: number[];
  tasks: number;
}

async function told(node: string, hasDebugger: boolean): Promise<Told> {
  const env = { ...preloadedAgent(), HAS_DEBUGGER: hasDebugger ? '1' : '0' };
  const { stdout, stderr } = await runProgram(node, [], { 'main.js': PROGRAM }, env);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Told;
}

describe('Promises in a debug session', () => {
  forEachNode((node) => {
    it('are told by a few frames where whole stacks have told what is made', async () => {
      const alone = await told(node.path, false);
      const inSession = await told(node.path, true);
      assert.deepEqual(alone.lines, [5, 8]);
      assert.deepEqual({ ...inSession, stacks: 0 }, { ...alone, stacks: 0 });
      assert.ok(alone.stacks >= CALLS * 5, `${alone.stacks} stacks`);
      if (node.major >= 22) assert.ok(inSession.stacks < CALLS * 0.1, `${inSession.stacks} stacks`);
      else assert.ok(inSession.stacks >= CALLS * 5, `${inSession.stacks} stacks`);
    });
  });
});
