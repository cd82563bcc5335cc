import assert from 'node:assert/strict';
import { nativeName } from '../../../src/model/blocking/nativeNames.js';

describe('nativeName', () => {
  it('knows what keeps the thread without JavaScript', () => {
    assert.equal(nativeName('JSON.parse'), 'JSON.parse');
    assert.equal(nativeName('list.sort'), 'list.sort');
    assert.equal(nativeName('render'), undefined);
  });
});
