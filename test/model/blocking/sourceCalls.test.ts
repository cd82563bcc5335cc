import assert from 'node:assert/strict';
import { lastCallBefore, nativeCallOn, nativeName } from '../../../src/model/blocking/sourceCalls.js';

/** The place of `|` in a text, and the text without it. */
function marked(source: string): { text: string; line: number; column: number } {
  const before = source.slice(0, source.indexOf('|'));
  return {
    text: source.replace('|', ''),
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
  };
}

function before(source: string): string | undefined {
  const { text, ...place } = marked(source);
  const call = lastCallBefore(text, place);
  return call && `${call.name}:${call.line}:${call.column}`;
}

describe('lastCallBefore', () => {
  for (const [what, source, call] of [
    ['the statement before', 'const a = JSON.parse(text);\n|use(a);', 'JSON.parse:1:11'],
    ['a call of the user', 'const r = h();\nlet z = 1;\n|after(r);', 'h:1:11'],
    ['the argument of the call that is being made', 'use(JSON.parse(text), |more());', 'JSON.parse:1:5'],
    ['a call in a condition', 'if (arr.sort()) {\n  |use(arr);\n}', 'arr.sort:1:5'],
    ['no keyword', 'x = JSON.parse(a);\nif (x) {\n  |use(x);\n}', 'JSON.parse:1:5'],
    ['nothing in texts and comments', 'a(1);\n// b(2)\n"c(3)";\n|d();', 'a:1:1'],
    ['nothing of the function before', 'function f() {\n  a();\n}\nfunction g() {\n  |b();\n}', undefined],
    ['nothing before a call without a name', 'a();\njobs[0]();\n|b();', undefined],
    ['nothing where there is no call', 'const a = 1;\n|b();', undefined],
  ] as const) {
    it(`finds ${what}`, () => assert.equal(before(source), call));
  }
});

describe('nativeCallOn', () => {
  for (const [line, name] of [
    ['const a = JSON.parse(text);', 'JSON.parse'],
    ['  return zlib.gzipSync(buffer);', 'zlib.gzipSync'],
    ['numbers.sort();', 'numbers.sort'],
    ['JSON.parse(readFileSync(file))', undefined],
    ['for (;;) count(x);', undefined],
    ['"JSON.parse(x)"', undefined],
  ] as const) {
    it(`${name === undefined ? 'names nothing' : `names ${name}`} in ${line}`, () => {
      assert.equal(nativeCallOn(`\n${line}\n`, 2), name);
    });
  }
});

describe('nativeName', () => {
  it('knows what keeps the thread without JavaScript', () => {
    assert.equal(nativeName('JSON.parse'), 'JSON.parse');
    assert.equal(nativeName('list.sort'), 'list.sort');
    assert.equal(nativeName('render'), undefined);
  });
});
