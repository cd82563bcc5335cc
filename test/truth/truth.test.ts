import assert from 'node:assert/strict';
import { forEachNode } from '../support/nodeVersions.js';
import { describeVerdict, isTrue, judgeRun, judgeTree, type Verdict } from './judge.js';
import { observeRun, observeTree } from './observe.js';
import { TRUTHS } from './truths.js';

/** Each program once; `npm run truth` runs them many times, also on a busy machine. */
describe('what is told is true', function () {
  this.timeout(180_000);
  forEachNode(({ path, major }) => {
    for (const [kind, truths] of Object.entries(TRUTHS)) {
      for (const truth of truths) {
        if (major < (truth.since ?? 0)) continue;
        it(`${truth.file}, which ${kind}`, async () => {
          check(judgeRun(truth, await observeRun(path, truth)));
          if (truth.tree) check(judgeTree(truth, await observeTree(path, truth)));
        });
      }
    }
  });
});

function check(verdict: Verdict): void {
  assert.ok(isTrue(verdict), describeVerdict(verdict));
}
