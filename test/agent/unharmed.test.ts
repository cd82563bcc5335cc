import assert from 'node:assert/strict';
import { preloadedAgent } from '../support/builtAgent.js';
import { builtCli } from '../support/builtCli.js';
import { forEachNode, forEachRelease, type NodeUnderTest } from '../support/nodeVersions.js';
import { type Ending, runProgram } from '../support/runProgram.js';
import { UNHARMED, type UnharmedProgram } from './unharmedPrograms.js';

/** The oldest that the command line tool runs on, and the newest: to run one takes longer with a host. */
const HOSTED = [20, 26];

describe('A program with the agent', function () {
  this.timeout(240_000);

  forEachRelease((node) => {
    for (const [name, { files, options = [] }] of programsFor(node)) {
      it(`does the same as without: ${name}`, async () => {
        const preload = preloadedAgent();
        const [plain, withAgent] = await Promise.all([
          runProgram(node.path, options, files),
          runProgram(node.path, options, files, preload),
        ]);
        assert.deepEqual(withAgent, plain);
      });
    }
  });
});

describe('A program with the agent and a host', function () {
  this.timeout(120_000);

  forEachNode((node) => {
    for (const [name, { files, options = [] }] of HOSTED.includes(node.major) ? programsFor(node) : []) {
      it(`does the same as without: ${name}`, async () => {
        const [plain, watched] = await Promise.all([
          runProgram(node.path, options, files),
          runProgram(node.path, [builtCli(), 'run', '--', ...options], files),
        ]);
        assert.deepEqual(withoutStderr(watched), withoutStderr(plain));
        // the host's own report stands beside what the program says
        for (const line of plain.stderr.split('\n')) assert.ok(watched.stderr.includes(line), watched.stderr);
      });
    }
  });
});

function withoutStderr({ stdout, code, signal }: Ending): Omit<Ending, 'stderr'> {
  return { stdout, code, signal };
}

function programsFor({ major, version }: NodeUnderTest): [string, UnharmedProgram][] {
  return Object.entries(UNHARMED).filter(
    ([, { since = 0, except = [] }]) => major >= since && !except.includes(version),
  );
}
