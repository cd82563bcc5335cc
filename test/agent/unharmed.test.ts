import assert from 'node:assert/strict';
import { preloadedAgent } from '../support/builtAgent.js';
import { forEachNode } from '../support/nodeVersions.js';
import { runProgram } from '../support/runProgram.js';
import { UNHARMED } from './unharmedPrograms.js';

describe('A program with the agent', function () {
  this.timeout(240_000);

  forEachNode((node) => {
    for (const [name, { files, options = [], since = 0 }] of Object.entries(UNHARMED)) {
      if (node.major < since) continue;
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
