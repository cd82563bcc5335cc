import assert from 'node:assert/strict';
import { NumberSets } from '../../../src/model/tasks/numberSets.js';

describe('NumberSets', () => {
  const members = (sets: NumberSets, key: number): number[] => [...sets.members(key)];

  it('has nothing where nothing was added', () => {
    const sets = new NumberSets();
    assert.deepEqual(members(sets, 1), []);
    assert.equal(sets.delete(1, 2), false);
  });

  it('keeps one member and many in the order in which they came, each once', () => {
    const sets = new NumberSets();
    assert.equal(sets.add(1, 7), true);
    assert.equal(sets.add(1, 7), false);
    assert.deepEqual(members(sets, 1), [7]);
    assert.equal(sets.add(1, 3), true);
    assert.equal(sets.add(1, 3), false);
    assert.equal(sets.add(1, 7), false);
    assert.equal(sets.add(1, 0), true);
    assert.deepEqual(members(sets, 1), [7, 3, 0]);
    assert.deepEqual(members(sets, 7), []);
  });

  it('counts the members, and takes them away together', () => {
    const sets = new NumberSets();
    assert.equal(sets.count(1), 0);
    sets.add(1, 7);
    assert.equal(sets.count(1), 1);
    sets.add(1, 8);
    sets.add(2, 8);
    assert.equal(sets.count(1), 2);
    sets.clear(1);
    assert.equal(sets.count(1), 0);
    assert.deepEqual(members(sets, 2), [8]);
  });

  it('takes away what is there, and nothing else', () => {
    const sets = new NumberSets();
    sets.add(1, 7);
    assert.equal(sets.delete(1, 8), false);
    assert.equal(sets.delete(1, 7), true);
    assert.equal(sets.delete(1, 7), false);
    assert.deepEqual(members(sets, 1), []);
    for (const member of [7, 8]) sets.add(1, member);
    assert.equal(sets.delete(1, 9), false);
    for (const member of [7, 8]) assert.equal(sets.delete(1, member), true);
    assert.deepEqual(members(sets, 1), []);
    assert.equal(sets.add(1, 8), true);
    assert.deepEqual(members(sets, 1), [8]);
  });
});
