import assert from 'node:assert/strict';
import { nodesUnderTest, type NodeUnderTest } from '../support/nodeVersions.js';
import { describeVerdict, isTrue, judgeRun, judgeTree, type Verdict } from './judge.js';
import { observeRun, observeTree } from './observe.js';
import type { TruthCase } from './truthCase.js';
import { TRUTHS } from './truths.js';

/** Each program once, the versions of Node in turn; `npm run truth` runs each on all of them, many times. */
describe('what is told is true', function () {
  this.timeout(180_000);
  const nodes = nodesUnderTest();
  let turn = 0;
  for (const [kind, truths] of Object.entries(TRUTHS)) {
    for (const truth of truths) {
      const node = nodeFor(truth, nodes, turn++);
      it(`${truth.file}, which ${kind}, on Node ${node.major}`, async () => {
        if (truth.told) check(judgeRun(truth, await observeRun(node.path, truth)));
        if (truth.tree) check(judgeTree(truth, await observeTree(node.path, truth)));
      });
    }
  }
});

function nodeFor({ since = 0 }: TruthCase, nodes: readonly NodeUnderTest[], turn: number): NodeUnderTest {
  const able = nodes.filter(({ major }) => major >= since);
  const node = able[turn % able.length];
  if (!node) throw new Error(`No Node under test is ${since} or newer`);
  return node;
}

function check(verdict: Verdict): void {
  assert.ok(isTrue(verdict), describeVerdict(verdict));
}
