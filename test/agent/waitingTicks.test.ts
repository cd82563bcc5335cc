import assert from 'node:assert/strict';
import { WaitingTicks } from '../../src/agent/waitingTicks.js';

describe('WaitingTicks', () => {
  it('knows what waits, until it has run', () => {
    const ticks = new WaitingTicks();
    assert.equal(ticks.add(7), true);
    assert.equal(ticks.has(7), true);
    assert.equal(ticks.has(8), false);
    ticks.delete(7);
    assert.equal(ticks.has(7), false);
  });

  it('takes none for another, however large their ids are, and keeps the older one', () => {
    const ticks = new WaitingTicks();
    const id = 2 ** 40 + 3;
    assert.equal(ticks.add(id), true);
    for (const other of [3, 1_027, 2 ** 32 + 3, 2 ** 41 + 3]) {
      assert.equal(ticks.has(other), false);
      assert.equal(ticks.add(other), false);
    }
    assert.equal(ticks.has(id), true);
  });

  it('knows nothing any more once it is cleared', () => {
    const ticks = new WaitingTicks();
    ticks.add(7);
    ticks.clear();
    assert.equal(ticks.has(7), false);
    assert.equal(ticks.add(1_031), true);
  });
});
