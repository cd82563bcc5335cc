import assert from 'node:assert/strict';
import { RecordRate } from '../../src/agent/resources/recordRate.js';

describe('RecordRate', () => {
  const taken = (rate: RecordRate, wanted: number, atMs: number): number =>
    Array.from({ length: wanted }, () => rate.take(atMs)).filter(Boolean).length;

  it('gives a record to all that come at once, up to a limit', () => {
    assert.equal(taken(new RecordRate(), 150_000, 5), 100_000);
  });

  it('gives so many a millisecond to what goes on', () => {
    const rate = new RecordRate();
    taken(rate, 150_000, 5);
    assert.equal(taken(rate, 1_000, 15), 200);
    assert.equal(taken(rate, 1_000, 15), 0);
  });

  it('saves up no more than for the next time', () => {
    const rate = new RecordRate();
    taken(rate, 150_000, 5);
    assert.equal(taken(rate, 150_000, 1_000_000), 100_000);
  });
});
