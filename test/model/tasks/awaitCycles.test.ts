import assert from 'node:assert/strict';
import { AwaitCycles } from '../../../src/model/tasks/awaitCycles.js';

function circlesOf(awaits: Record<number, number[]>): { circles: AwaitCycles; looked: () => number } {
  let looked = 0;
  const circles = new AwaitCycles((id) => {
    looked++;
    return awaits[id] ?? [];
  });
  for (const id of Object.keys(awaits)) circles.changed(Number(id));
  return { circles, looked: () => looked };
}

function sorted(ids: number[]): number[] {
  return ids.sort((a, b) => a - b);
}

describe('AwaitCycles', () => {
  it('finds what waits for itself, alone or through others, and not what waits for a circle', () => {
    const { circles } = circlesOf({ 1: [1], 2: [3], 3: [4], 4: [2], 5: [2], 6: [7], 7: [] });
    assert.deepEqual(sorted(circles.update()), [1, 2, 3, 4]);
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7].filter((id) => circles.has(id)),
      [1, 2, 3, 4],
    );
  });

  it('finds circles that share a task, and keeps circles apart that one waits for the other', () => {
    const { circles } = circlesOf({ 1: [2, 3], 2: [1], 3: [1], 4: [5], 5: [4, 1] });
    assert.deepEqual(sorted(circles.update()), [1, 2, 3, 4, 5]);
  });

  it('tells of what changes only, and looks at nothing else', () => {
    const awaits: Record<number, number[]> = { 1: [2], 2: [3], 3: [] };
    for (let id = 10; id < 1000; id++) awaits[id] = [id + 1];
    const { circles, looked } = circlesOf(awaits);
    assert.deepEqual(circles.update(), []);
    const before = looked();
    assert.deepEqual(circles.update(), []);
    awaits[3] = [1];
    circles.changed(3);
    assert.deepEqual(sorted(circles.update()), [1, 2, 3]);
    assert.equal(looked() - before, 3);
  });

  it('forgets a circle that is broken anywhere, and keeps the others', () => {
    const awaits: Record<number, number[]> = { 1: [2], 2: [3], 3: [1], 7: [8], 8: [7] };
    const { circles } = circlesOf(awaits);
    circles.update();
    awaits[2] = [];
    circles.changed(2);
    assert.deepEqual(sorted(circles.update()), [1, 2, 3]);
    assert.deepEqual(
      [1, 2, 3, 7, 8].filter((id) => circles.has(id)),
      [7, 8],
    );
  });

  it('follows a chain of any length', () => {
    const last = 100_000;
    const awaits: Record<number, number[]> = {};
    for (let id = 1; id < last; id++) awaits[id] = [id + 1];
    awaits[last] = [1];
    const { circles } = circlesOf(awaits);
    assert.equal(circles.update().length, last);
  });
});
