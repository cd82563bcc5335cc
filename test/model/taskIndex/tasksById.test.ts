import assert from 'node:assert/strict';
import { TasksById } from '../../../src/model/taskIndex/tasksById.js';
import { randomNumbers } from '../../support/randomNumbers.js';

describe('Tasks by their ids', () => {
  it('are found by the whole id, short or long', () => {
    const random = randomNumbers(1);
    const tasks = new TasksById<number>();
    const plain = new Map<string, number>();
    for (let step = 0; step < 20_000; step++) {
      const id = `${['', 'a:', 'shop:1'][random(3)] ?? ''}${random(3_000)}`;
      if (random(2) === 0) {
        tasks.set(id, step);
        plain.set(id, step);
      } else {
        tasks.delete(id);
        plain.delete(id);
      }
      assert.equal(tasks.get(id), plain.get(id));
    }
    assert.ok(plain.size > 1_000);
    for (const [id, value] of plain) assert.equal(tasks.get(id), value);
    assert.equal(tasks.get('shop:'), undefined);
  });
});
