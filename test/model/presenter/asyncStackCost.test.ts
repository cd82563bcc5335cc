import assert from 'node:assert/strict';
import { asyncStackTimes, timesText } from '../../../src/model/presenter/index.js';
import type { ProcessSnapshot } from '../../../src/protocol/snapshot.js';

const LAG = { p50: 0, p99: 0, max: 0 };

function loop(
  utilization: number,
  perSecond?: { promises: number; resources: number },
): ProcessSnapshot['loop'] {
  return { utilization, lagMs: LAG, ...(perSecond && { perSecond }) };
}

describe('What async stacks cost', () => {
  it('is told from what a busy program makes in a second', () => {
    // 100,000 promises of 3 µs each are 0.3 s of each second
    assert.equal(asyncStackTimes(loop(1, { promises: 100_000, resources: 0 }), 1)?.toFixed(2), '1.43');
    assert.equal(asyncStackTimes(loop(1, { promises: 0, resources: 40_000 }), 1)?.toFixed(2), '2.50');
    assert.equal(asyncStackTimes(loop(0.6, { promises: 100_000, resources: 0 }), 1)?.toFixed(2), '2.00');
  });

  it('is less on a machine that is faster at stacks', () => {
    const made = { promises: 200_000, resources: 0 };
    assert.equal(asyncStackTimes(loop(1, made), 0.5)?.toFixed(2), '1.43');
    assert.equal(asyncStackTimes(loop(1, made), 1)?.toFixed(2), '2.50');
  });

  it('is not told below a fifth of the time', () => {
    assert.equal(asyncStackTimes(loop(1, { promises: 60_000, resources: 0 }), 1), undefined);
    assert.notEqual(asyncStackTimes(loop(1, { promises: 70_000, resources: 0 }), 1), undefined);
  });

  it('is not told of a program that mostly waits, or of which nothing is known', () => {
    assert.equal(asyncStackTimes(loop(0.4, { promises: 1e6, resources: 1e6 }), 1), undefined);
    assert.equal(asyncStackTimes(loop(1), 1), undefined);
  });

  it('is told no more exactly than it is known', () => {
    assert.equal(asyncStackTimes(loop(1, { promises: 1e7, resources: 0 }), 1)?.toFixed(2), '5.00');
    assert.deepEqual([1.25, 1.43, 2.5, 3.4, 5].map(timesText), ['1.3', '1.4', '3', '3', '5 or more']);
  });
});
