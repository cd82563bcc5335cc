import assert from 'node:assert/strict';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';
import { readPoll } from '../../src/model/wire/wireReader.js';
import {
  captureStackTrace,
  captureStack,
  closeCapture,
  openCapture,
} from '../../src/agent/stacks/capture.js';

/** Prints what a host is told. */
const FROZEN = `
  Object.freeze(Error);
  const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
  agent.connect({ thresholdMs: 100, siteBudget: 100 });
  (async function task() {
    await new Promise(() => {});
  })();
  console.log(agent.poll());
`;

const settings = Error as { prepareStackTrace?: unknown };

describe('A captured stack', () => {
  function here(): string[] {
    return captureStack(here, 2).map((frame) => frame.getFunctionName() ?? '');
  }

  it('begins above the function, and is as short as asked', () => {
    function caller(): string[] {
      return here();
    }
    const frames = caller();
    assert.equal(frames.length, 2);
    assert.equal(frames[0], 'caller');
  });

  it('leaves the settings of Error as they were, also when another one comes in between', () => {
    const { stackTraceLimit } = Error;
    const { prepareStackTrace } = settings;
    function hook(): number {
      const capture = openCapture(1);
      here();
      captureStackTrace(capture.holder, hook);
      here();
      return closeCapture(capture).length;
    }
    assert.equal(hook(), 1);
    assert.equal(Error.stackTraceLimit, stackTraceLimit);
    assert.equal(settings.prepareStackTrace, prepareStackTrace);
    assert.equal(typeof new Error('after').stack, 'string');
  });

  forEachNode((node) => {
    it('is there too where the program has frozen Error', async () => {
      const { stdout, stderr } = await runProgram(node.path, [], { 'main.js': FROZEN }, preloadedAgent());
      const { entries, sites } = readPoll(JSON.parse(stdout), { scripts: 0, sites: 0 });
      const task = entries.find(({ kind }) => kind === 'function');
      assert.deepEqual({ line: sites[task?.await ?? -1]?.line, stderr }, { line: 6, stderr: '' });
    });
  });
});
