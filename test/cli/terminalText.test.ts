import assert from 'node:assert/strict';
import { terminalText } from '../../src/cli/terminalText.js';

describe('terminalText', () => {
  for (const [what, text] of [
    ['colours', '\x1b[31m'],
    ['the title', '\x1b]0;x\x07'],
    ['the clipboard', '\x1b]52;c;x\x1b\\'],
    ['C1 controls', '\x9b31m'],
    ['a carriage return', '\r'],
    ['DEL', '\x7f'],
    ['directions', '\u202e'],
    ['what is not seen', '\u200b\ufeff\u3164\u{e0041}'],
    ['halves of characters', '\ud800'],
  ] as const) {
    it(`lets ${what} not through`, () => {
      assert.doesNotMatch(terminalText(`a${text}b`), /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u);
    });
  }

  it('leaves lines and all that can be seen as they are', () => {
    const text = 'a  b\n   ⟶ ä · 🙂 ×3\n';
    assert.equal(terminalText(text), text);
  });
});
