import assert from 'node:assert/strict';
import {
  counted,
  durationText,
  fineDurationText,
  formatCount,
  formatPercent,
} from '../../src/model/numbers.js';
import { clipText, plainText } from '../../src/model/plainText.js';

describe('durationText', () => {
  for (const [ms, text] of [
    [-5, '0 ms'],
    [0.4, '0 ms'],
    [430, '430 ms'],
    [999.6, '1.0 s'],
    [1_234, '1.2 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_600, '1 h'],
    [3_780_000, '1 h 3 min'],
    [360_000_000, '100 h'],
  ] as const) {
    it(`writes ${ms} ms as ${text}`, () => assert.equal(durationText(ms), text));
  }
});

describe('fineDurationText', () => {
  for (const [ms, text] of [
    [-1, '0.01 ms'],
    [0.004, '0.01 ms'],
    [0.254, '0.25 ms'],
    [0.996, '1.0 ms'],
    [3.14, '3.1 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [1_234, '1.2 s'],
  ] as const) {
    it(`writes ${ms} ms as ${text}`, () => assert.equal(fineDurationText(ms), text));
  }
});

describe('numbers', () => {
  it('separates thousands the same way everywhere', () => {
    assert.equal(formatCount(999), '999');
    assert.equal(formatCount(1_204), '1,204');
    assert.equal(formatCount(1_000_000), '1,000,000');
  });

  it('counts one and many', () => {
    assert.equal(counted(1, 'task'), '1 task');
    assert.equal(counted(0, 'task'), '0 tasks');
    assert.equal(formatPercent(0.034), '3 %');
  });
});

describe('plainText', () => {
  it('makes one line without control, direction and colour characters', () => {
    assert.equal(plainText('a\n\tb\u001b[31mc\u202ed\u0000'), 'a b [31mc d');
  });

  it('leaves Markdown, HTML and icons as text', () => {
    assert.equal(plainText('[x](http://y) <b> $(bug)'), '[x](http://y) <b> $(bug)');
  });

  it('clips without cutting a character in two', () => {
    assert.equal(plainText('x'.repeat(300)).length, 200);
    assert.equal(clipText('ab😀cd', 4), 'ab…');
    assert.equal(clipText('abcd', 4), 'abcd');
  });
});
