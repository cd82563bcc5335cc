import assert from 'node:assert/strict';
import { callStart } from '../../../src/model/presenter/index.js';

describe('callStart', () => {
  for (const [line, expected] of [
    ['  |save(order);', 2],
    ['  this.cart.|save();', 2],
    ['  db?.|close();', 2],
    ['a(); |save();', 5],
    ["if (user === 'ann') |audit(user);", 20],
    ['else |audit(user);', 5],
    ['const f = async () => { |send(); };', 24],
    // what stands before it makes it something else, or is not understood
    ['const x = |save();', undefined],
    ['return |save();', undefined],
    ['await |save();', undefined],
    ['x && |save();', undefined],
    ['jobs[0].|save();', undefined],
    ['get().|save();', undefined],
    ['  // nothing |here', undefined],
    ['  |saved;', undefined],
  ] as const) {
    it(`${expected === undefined ? 'finds none in' : 'finds that of'} ${line}`, () => {
      assert.equal(callStart(line.replace('|', ''), line.indexOf('|')), expected);
    });
  }
});
