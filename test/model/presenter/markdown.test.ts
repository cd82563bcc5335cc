import assert from 'node:assert/strict';
import { markdownCode, markdownText, noticeText } from '../../../src/model/presenter/markdown.js';

describe('markdownText', () => {
  for (const [value, markdown] of [
    ['parse(report.ts:88), 4 %', 'parse(report.ts:88), 4 %'],
    ['*a* _b_ ~c~ $d$', '\\*a\\* \\_b\\_ \\~c\\~ \\$d\\$'],
    ['![x](y)', '!\\[x\\](y)'],
    ['<img>&lt;', '\\<img\\>\\&lt;'],
    ['`code`', '\\`code\\`'],
    ['a|b', 'a\\|b'],
    ['@ann @nestjs/core a@b.c', '@<!-- -->ann @<!-- -->nestjs/core a@<!-- -->b.c'],
    ['#12 # 12', '\\#<!-- -->12 \\# 12'],
    ['https://evil www.evil', 'https\\://evil www\\.evil'],
    ['a\n# b\u202e', 'a \\# b'],
  ] as const) {
    it(`writes ${JSON.stringify(value)}`, () => assert.equal(markdownText(value), markdown));
  }
});

describe('markdownCode', () => {
  for (const [value, markdown] of [
    ['a', '`a`'],
    ['@ann *b*', '`@ann *b*`'],
    ['a`b', '`` a`b ``'],
    ['`` a ` b ```', '```` `` a ` b ``` ````'],
    ['a|b', '`a¦b`'],
    ['a\nb', '`a b`'],
  ] as const) {
    it(`writes ${JSON.stringify(value)}`, () => assert.equal(markdownCode(value), markdown));
  }
});

describe('noticeText', () => {
  it('has no links', () => {
    assert.equal(noticeText('[x](command:a) \x1b[31m'), '[x] (command:a)  [31m');
  });
});
