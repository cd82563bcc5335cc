import assert from 'node:assert/strict';
import { readPoll } from '../../src/model/wire/wireReader.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';

/** Asks at several places what stands on the call stack, and prints the answers and all that a host is told. */
const PROGRAM = `
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  agent.connect({ thresholdMs: 100, siteBudget: 100 });
  const answers = [];
  const polls = [];
  function ask(where) {
    answers.push([where, agent.current()]);
    polls.push(agent.poll());
  }
  function through(where) {
    [0].forEach(() => ask(where));
  }
  async function returnsPromise() {
    return new Promise((resolve) => setImmediate(resolve));
  }
  async function inner() {
    ask('before the await of inner');
    await null;
    through('after the await of inner');
  }
  async function outer() {
    await inner();
    ask('after the await of outer');
    const returned = returnsPromise();
    ask('after a call that has returned a promise');
    await returned;
  }
  async function main() {
    await outer();
    await new Promise((resolve) => setTimeout(() => resolve(ask('in a timer')), 1));
    console.log(JSON.stringify({ answers, polls }));
  }
  ask('in the main script');
  main();
`;

interface Told {
  answers: [where: string, entry: number][];
  polls: string[];
}

describe('What stands on the call stack', () => {
  forEachNode((node) => {
    it('is the innermost call of an async function, whatever it has called', async () => {
      const { stdout } = await runProgram(node.path, [], { 'program.js': PROGRAM }, preloadedAgent());
      const { answers, polls } = JSON.parse(stdout) as Told;
      assert.deepEqual(named(answers, polls), [
        ['in the main script', undefined],
        ['before the await of inner', 'inner'],
        ['after the await of inner', 'inner'],
        ['after the await of outer', 'outer'],
        ['after a call that has returned a promise', 'outer'],
        ['in a timer', 'Timeout'],
      ]);
    });
  });
});

/** The function of each answer, or its type; `undefined` where there was none. */
function named(answers: Told['answers'], polls: readonly string[]): [string, string | undefined][] {
  const names = new Map<number, string>();
  const functions: string[] = [];
  let scripts = 0;
  for (const text of polls) {
    const poll = readPoll(JSON.parse(text), { scripts, sites: functions.length });
    scripts += poll.scripts.length;
    functions.push(...poll.sites.map((site) => site.function));
    for (const { id, kind, type, site = 0 } of poll.entries)
      names.set(id, kind === 'function' ? (functions[site] ?? '') : type);
  }
  return answers.map(([where, entry]) => [where, names.get(entry)]);
}
