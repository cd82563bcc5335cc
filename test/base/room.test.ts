import assert from 'node:assert/strict';
import { Room } from '../../src/base/room.js';

describe('Room', () => {
  it('is taken until it is full, and can be given back', () => {
    const room = new Room(10);
    assert.equal(room.take(6), true);
    assert.equal(room.take(5), false);
    assert.equal(room.take(4), true);
    room.give(6);
    assert.equal(room.take(5), true);
  });
});
