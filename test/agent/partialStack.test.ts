import assert from 'node:assert/strict';
import { readPoll } from '../../src/model/wire/wireReader.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

const CALLS = 100;

/**
 * Calls two async functions and a `new Promise` many times, and prints what a host is told, and how many whole
 * stacks were captured for the calls: each goes through `complete`.
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
  const { complete } = Object.getPrototypeOf(agent.stack);
  agent.stack.complete = function (...stack) {
    stacks++;
    return complete.apply(this, stack);
  };
  for (let n = 0; n < ${CALLS}; n++) call();
  console.log(JSON.stringify({ stacks, poll: agent.poll() }));
`;

/** Prints whether Node has prepared `process.stderr`, as it does when all of `util` is looked at. */
const QUIET = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  agent.connect({ thresholdMs: 100, siteBudget: 100, hasDebugger: true });
  agent.poll();
  process.stdout.write(String(process.moduleLoadList.includes('NativeModule internal/util/colors')));
`;

interface Told {
  stacks: number;
  /** At which these calls await. */
  lines: (number | undefined)[];
  tasks: number;
}

async function told(node: string, hasDebugger: boolean): Promise<Told> {
  const env = { ...preloadedAgent(), HAS_DEBUGGER: hasDebugger ? '1' : '0' };
  const { stdout, stderr } = await runProgram(node, [], { 'main.js': PROGRAM }, env);
  assert.equal(stderr, '');
  const { stacks, poll } = JSON.parse(stdout) as { stacks: number; poll: string };
  const { entries, sites } = readPoll(JSON.parse(poll), { scripts: 0, sites: 0 });
  const calls = entries.filter(({ kind }) => kind === 'function');
  const lines = new Set(calls.map((call) => sites[call.await ?? -1]?.line));
  return { stacks, lines: [...lines], tasks: calls.length };
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

    it('load nothing for that', async () => {
      const { stdout } = await runProgram(node.path, [], { 'main.js': QUIET }, preloadedAgent());
      assert.equal(stdout, 'false');
    });
  });
});
