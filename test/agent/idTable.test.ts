import assert from 'node:assert/strict';
import { IdTable } from '../../src/agent/idTable.js';

describe('IdTable', () => {
  it('knows what was added, until it is deleted', () => {
    const table = new IdTable();
    assert.equal(table.add(7), true);
    assert.equal(table.has(7), true);
    assert.equal(table.has(8), false);
    table.delete(7);
    assert.equal(table.has(7), false);
  });

  it('takes none for another, however large their ids are, and keeps the older one', () => {
    const table = new IdTable();
    const id = 2 ** 40 + 3;
    assert.equal(table.add(id), true);
    for (const other of [3, 1_027, 2 ** 32 + 3, 2 ** 41 + 3]) {
      assert.equal(table.has(other), false);
      assert.equal(table.add(other), false);
    }
    assert.equal(table.has(id), true);
  });

  it('puts one in the place of another', () => {
    const table = new IdTable();
    table.put(3);
    table.put(1_027);
    assert.equal(table.has(3), false);
    assert.equal(table.has(1_027), true);
  });

  it('knows nothing any more once it is cleared', () => {
    const table = new IdTable();
    table.add(7);
    table.clear();
    assert.equal(table.has(7), false);
    assert.equal(table.add(1_031), true);
  });
});
