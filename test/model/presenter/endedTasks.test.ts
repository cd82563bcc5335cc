import assert from 'node:assert/strict';
import { statusText, taskRows } from '../../../src/model/presenter/index.js';
import { plainOptions, rowOf, treeOf } from '../../support/taskRows.js';
import { place, processOf, snapshotOf, task } from '../../support/tasks.js';

const done = task('1', 'cart', {
  state: 'fulfilled',
  result: '{ id: 42 }',
  endedAgoMs: 3000,
  definedAt: place('/shop/cart.ts:12'),
});
const failed = task('2', 'pay', { state: 'rejected', result: 'Error: boom', endedAgoMs: 1500 });
const live = task('3', 'checkout');

describe('A task that has ended', () => {
  it('stands after those that go on, with its result and how long ago it was', () => {
    assert.equal(
      treeOf([done, failed, live]),
      `
checkout  awaiting · 1.2 s
pay  rejected Error: boom · 1.5 s ago
cart  fulfilled { id: 42 } · 3.0 s ago  cart.ts:12`.trim(),
    );
  });

  it('is told by a dimmed icon', () => {
    assert.deepEqual(
      ['cart', 'pay'].map((label) => rowOf([done, failed], label)).map((row) => [row?.icon, row?.color]),
      [
        ['pass', 'muted'],
        ['error', 'muted'],
      ],
    );
  });

  it('tells its result and its time in the tooltip', () => {
    const tooltip = rowOf([{ ...done, ageMs: 250, runs: 2 }], 'cart')?.tooltip ?? '';
    assert.match(tooltip, /^Result: \{ id: 42 \}$/m);
    assert.match(tooltip, /^Took 250 ms, ended 3\.0 s ago, resumed 2 times$/m);
    assert.match(rowOf([failed], 'pay')?.tooltip ?? '', /^Error: Error: boom$/m);
  });

  it('is not counted among those that are pending', () => {
    const snapshot = snapshotOf(processOf([done, failed, live]));
    assert.match(taskRows(snapshot, plainOptions)[0]?.description ?? '', /· 1 task ·/);
    assert.match(statusText(snapshot)?.text ?? '', / 1 task /);
    assert.equal(
      treeOf([done, task('4', 'cart', { definedAt: place('/shop/cart.ts:12') })], { grouping: 'site' })
        .split('\n')
        .at(0),
      'cart  ×1 · oldest 1.2 s · 1 ended  cart.ts:12',
    );
  });

  it('has no words for a result of nothing', () => {
    assert.match(treeOf([{ ...done, result: 'undefined' }]), /^cart {2}fulfilled · 3\.0 s ago/);
  });

  it('leaves room for how long ago it was behind a long result', () => {
    assert.match(treeOf([{ ...done, result: 'x'.repeat(500) }]), /x… · 3\.0 s ago {2}cart\.ts:12$/);
  });

  it('goes into a folded row with others when there are more than a few, the latest first', () => {
    const many = Array.from({ length: 7 }, (_, n) =>
      task(`e${n}`, `job${n}`, { state: n === 0 ? 'rejected' : 'fulfilled', endedAgoMs: n * 1000 }),
    );
    const lines = treeOf([live, ...many.reverse()]).split('\n');
    assert.deepEqual(lines.slice(0, 3), [
      'checkout  awaiting · 1.2 s',
      'Ended  7 tasks · 1 rejected',
      '  job0  rejected · 0 ms ago',
    ]);
    assert.equal(lines.length, 9);
    assert.equal(rowOf(many, 'Ended')?.expanded, false);
  });

  it('comes last in the list by age', () => {
    assert.deepEqual(
      treeOf([{ ...done, ageMs: 9000 }, live], { grouping: 'age' })
        .split('\n')
        .map((line) => line.split('  ')[0]),
      ['checkout', 'cart'],
    );
  });
});
