import assert from 'node:assert/strict';
import { SortedMap } from '../../src/model/sortedMap.js';
import { randomNumbers } from '../support/randomNumbers.js';

describe('A sorted map', () => {
  for (const seed of [1, 2, 3])
    it(`holds what was put into it in the order of the numbers, however it grows and shrinks (seed ${seed})`, () => {
      const random = randomNumbers(seed);
      const map = new SortedMap<string>();
      const plain = new Map<number, string>();
      for (const [count, growth] of [
        [3000, 9],
        [3000, 3],
        [3000, 7],
        [6000, 1],
      ] as const) {
        const pieces = map.pieces();
        const before = structuredClone(pieces);
        for (let step = 0; step < count; step++) {
          const key = random(5000);
          if (random(10) < growth) {
            map.set(key, `${step}`);
            plain.set(key, `${step}`);
          } else {
            assert.equal(map.delete(key), plain.delete(key));
          }
          assert.equal(map.get(key), plain.get(key));
        }
        assert.deepEqual(pieces, before);
        const keys = [...plain.keys()].sort((a, b) => a - b);
        const values = keys.map((key) => plain.get(key));
        assert.equal(map.size, plain.size);
        assert.deepEqual([...map], values);
        const told: [number, string][] = [];
        map.forEach((value, key) => told.push([key, value]));
        assert.deepEqual(
          told,
          keys.map((key, at) => [key, values[at]]),
        );
        assert.deepEqual(map.pieces().flat(), values);
        assert.deepEqual([map.firstKey, map.first], [keys[0], values[0]]);
        for (let key = 0; key < 5000; key += 7) {
          const before = keys.findLast((one) => one < key);
          assert.equal(map.before(key), before === undefined ? undefined : plain.get(before));
          assert.equal(
            map.keyAfter(key),
            keys.find((one) => one > key),
          );
        }
      }
    });

  it('gives what has not changed in the same pieces again', () => {
    const map = new SortedMap<string>();
    for (let key = 0; key < 10_000; key++) map.set(key, `${key}`);
    const before = map.pieces();
    map.set(5_000, 'other');
    map.delete(7_000);
    map.set(10_000, 'new');
    const after = map.pieces();
    assert.deepEqual(after.flat(), [...map]);
    assert.equal(after.filter((piece) => !before.includes(piece)).length, 3);
  });
});
