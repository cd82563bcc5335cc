import assert from 'node:assert/strict';
import { IdTable } from '../../src/agent/records/idTable.js';

describe('IdTable', () => {
  it('knows what was added, until it is deleted', () => {
    const table = new IdTable();
    table.add(7);
    assert.equal(table.has(7), true);
    assert.equal(table.has(8), false);
    table.delete(7);
    assert.equal(table.has(7), false);
  });

  it('takes none for another, however large their ids are, and keeps the older one', () => {
    const table = new IdTable();
    const id = 2 ** 40 + 3;
    table.add(id);
    for (const other of [3, 1_027, 2 ** 32 + 3, 2 ** 41 + 3]) {
      assert.equal(table.has(other), false);
      table.add(other);
      assert.equal(table.has(other), false);
    }
    assert.equal(table.has(id), true);
  });

  it('knows nothing any more once it is cleared', () => {
    const table = new IdTable();
    table.add(7);
    table.clear();
    assert.equal(table.has(7), false);
    table.add(1_031);
    assert.equal(table.has(1_031), true);
  });
});
