import assert from 'node:assert/strict';
import { IdMap } from '../../src/model/idMap.js';
import { randomNumbers } from '../support/randomNumbers.js';

describe('A map of ids', () => {
  for (const first of [0, 2 ** 40])
    it(`holds what was put into it, from ${first} on`, () => {
      const random = randomNumbers(1);
      const map = new IdMap<string>();
      const plain = new Map<number, string>();
      for (let step = 0; step < 20_000; step++) {
        // a window that moves on, as ids that are alive do, with some that stay behind
        const id = first + (random(50) === 0 ? random(5_000) : (step >> 2) + random(100));
        if (random(2) === 0) {
          map.set(id, `${step}`);
          plain.set(id, `${step}`);
        } else {
          assert.equal(map.delete(id), plain.delete(id));
        }
        assert.equal(map.get(id), plain.get(id));
        assert.equal(map.has(id), plain.has(id));
      }
      assert.equal(map.size, plain.size);
      assert.ok(map.size > 100);
      assert.deepEqual([...map.values()].sort(), [...plain.values()].sort());
      for (const id of plain.keys()) assert.ok(map.delete(id));
      assert.deepEqual([map.size, ...map.values()], [0]);
    });

  it('tells its values in the order of their ids', () => {
    const map = new IdMap<number>();
    for (let id = 1; id < 200; id += 3) map.set(id, id);
    map.set(5, 5);
    map.delete(100);
    const values = [...map.values()];
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
  });
});
