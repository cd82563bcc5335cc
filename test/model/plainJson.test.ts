import assert from 'node:assert/strict';
import { plainJson } from '../../src/model/plainJson.js';

describe('plainJson', () => {
  it('is the same value, and nothing in it is unseen but its own line breaks', () => {
    const value = {
      text: '\x1b[31m \x9b31m \x7f \u202e \u200b \u2028 \ufeff \u{e0041} \ud800 \ufe0f ä ✓ 🙂',
      '\x1b]0;x\x07': [1, null, { a: 'b\nc' }],
    };
    const json = plainJson(value, 2);
    assert.deepEqual(JSON.parse(json), value);
    assert.doesNotMatch(
      json.replaceAll('\n', ''),
      /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u,
    );
    assert.ok(json.includes('ä ✓ 🙂'));
    assert.ok(json.includes('\\udb40\\udc41'));
    assert.equal(plainJson([1, 'a']), '[1,"a"]');
  });
});
