import assert from 'node:assert/strict';
import { taskRows, treeText } from '../../../src/model/presenter/index.js';
import type { Finding } from '../../../src/protocol/snapshot.js';
import { place, processOf, snapshotOf } from '../../support/tasks.js';

function finding(kind: Finding['kind'], over: Partial<Finding> = {}): Finding {
  return {
    id: kind,
    kind,
    severity: 'error',
    message: `${kind} it is`,
    advice: 'Mend it.',
    count: 1,
    ongoing: true,
    evidence: [],
    tasks: [],
    site: place('/shop/shop.ts:5'),
    ...over,
  };
}

function tree(findings: Finding[], stuck: boolean): string {
  const options = { grouping: 'awaits', filter: '', internals: false, maxRows: 100, stuck } as const;
  return treeText(taskRows(snapshotOf(processOf([], { warnings: findings })), options));
}

describe('The rows of what is stuck', () => {
  it('stand at the top of a process while something does not go on', () => {
    const text = tree(
      [finding('deadlock'), finding('floatingPromise'), finding('slowTask', { ongoing: false })],
      true,
    );
    assert.match(text, /\n {2}Stuck {2}1 place\n {4}deadlock it is {2}shop\.ts:5$/);
  });

  it('are not there while all goes on, or where nobody asks for them', () => {
    assert.doesNotMatch(tree([finding('leak')], true), /Stuck/);
    assert.doesNotMatch(tree([finding('deadlock')], false), /Stuck/);
  });
});
