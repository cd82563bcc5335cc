import assert from 'node:assert/strict';
import { Allowance } from '../../src/base/allowance.js';

describe('Allowance', () => {
  it('gives all of it at once, then what has come back since', () => {
    const allowance = new Allowance(50, 100);
    assert.equal(allowance.available(1_000), 50);
    allowance.use(50);
    assert.equal(allowance.available(1_000), 0);
    assert.equal(allowance.available(1_008), 0);
    assert.equal(allowance.available(1_010), 1);
    assert.equal(allowance.available(1_100), 10);
    allowance.use(4);
    assert.equal(allowance.available(1_200), 16);
  });

  it('never has more than at the beginning', () => {
    const allowance = new Allowance(50, 100);
    allowance.use(10);
    assert.equal(allowance.available(60_000), 50);
  });
});
