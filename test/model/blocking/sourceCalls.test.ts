import assert from 'node:assert/strict';
import {
  callInEachRound,
  callsNothing,
  lastCallBefore,
  nativeCallOn,
  nativeName,
  onlyAwait,
  onlyCallOfCallback,
} from '../../../src/model/blocking/sourceCalls.js';

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

describe('callsNothing', () => {
  for (const [what, source, expected] of [
    [
      'sees that a loop only reckons',
      'parse();\nfunction f(n) {\n  let s = 0;\n  |for (;;) s += n * 2;\n}',
      true,
    ],
    [
      'does not mind what is short',
      'const f = (n) => {\n  |for (;;) {\n    s += Math.sqrt(n);\n  }\n};',
      true,
    ],
    ['sees a call in the rounds', 'function f(t) {\n  |for (;;) {\n    JSON.parse(t);\n  }\n}', false],
    ['sees a call before it', 'function f(t) {\n  const all = JSON.parse(t);\n  |for (;;) n++;\n}', false],
    ['sees one around it', 'function f(t) {\n  if (g(t)) {\n    |for (;;) n++;\n  }\n}', false],
    ['sees what is iterated', 'function f(t) {\n  |for (const a of read(t)) n++;\n}', false],
    ['sees what is spread', 'function f(t) {\n  const all = [...t];\n  |for (;;) n++;\n}', false],
    ['sees code in a text', 'function f(t) {\n  |for (;;) n = `${t()}`;\n}', false],
    ['asks for a function', 'let n = 0;\n|for (;;) n++;', false],
    ['asks for a loop', 'function f(t) {\n  |n++;\n}', false],
  ] as const) {
    it(what, () => {
      const { text, ...place } = marked(source);
      assert.equal(callsNothing(text, place), expected);
    });
  }
});

describe('onlyCallOfCallback', () => {
  for (const [what, source, call] of [
    ['the call that an arrow returns', '|setTimeout(() => JSON.parse(text), 9);', 'JSON.parse:1:18'],
    ['the one in a body', '|setImmediate(function () {\n  all = JSON.parse(text);\n});', 'JSON.parse:2:9'],
    ['it beside what is short', '|setTimeout(() => {\n  n = Math.max(1, 2);\n  s.sort();\n});', 's.sort:3:3'],
    ['it in a branch', '|setTimeout(() => {\n  if (a) return;\n  JSON.parse(a);\n}, 1);', 'JSON.parse:3:3'],
    ['none of two', '|setTimeout(() => {\n  JSON.parse(a);\n  JSON.parse(b);\n}, 1);', undefined],
    ['none beside one of the program', '|setTimeout(() => {\n  f();\n  JSON.parse(b);\n}, 1);', undefined],
    ['none that need not be native', '|setTimeout(() => f(), 1);', undefined],
    ['none beside one without a name', "|setTimeout(() => JSON.parse(a?.b('c')));", undefined],
    ['none beside one of a result', '|setTimeout(() => JSON.parse(b[0].trim()));', undefined],
    ['none beside one of a text', "|setTimeout(() => JSON.parse('a'.repeat(9)));", undefined],
    ['none beside one in a text', '|setTimeout(() => JSON.parse(`${a}`));', undefined],
    ['none beside a constructor', '|setTimeout(() => JSON.parse(new Text));', undefined],
    ['none of a function that is only named', '|setTimeout(parse, 1);\nJSON.parse(a);', undefined],
    ['none that comes after it', '|setTimeout(() => a, 1);\nJSON.parse(a);', undefined],
    ['none of an async one', '|setTimeout(async () => JSON.parse(a));', undefined],
    ['none of what a promise goes on with', '|then(() => JSON.parse(a));', undefined],
    ['none of what calls back otherwise', '|each(() => JSON.parse(a));', undefined],
  ] as const) {
    it(`finds ${what}`, () => {
      const { text, ...place } = marked(source);
      const found = onlyCallOfCallback(text, place, false);
      assert.equal(found && `${found.name}:${found.line}:${found.column}`, call);
    });
  }

  for (const [what, source, name] of [
    ['in what a promise goes on with', 'load.|then((text) => JSON.parse(text));', 'JSON.parse'],
    ['not if there are two handlers', 'load.|then((a) => JSON.parse(a), (b) => b);', undefined],
    ['not in a timer', '|setTimeout(() => JSON.parse(a), 9);', undefined],
  ] as const) {
    it(`finds it in microtasks ${what}`, () => {
      const { text, ...place } = marked(source);
      assert.equal(onlyCallOfCallback(text, place, true)?.name, name);
    });
  }
});

function each(source: string): string | undefined {
  const { text, ...place } = marked(source);
  const call = callInEachRound(text, place);
  return call && `${call.name}:${call.line}:${call.column}`;
}

describe('callInEachRound', () => {
  for (const [what, source, call] of [
    [
      'the one call',
      'f();\n|for (const f of all) {\n  n += fs.statSync(f).size;\n}\ng();',
      'fs.statSync:3:8',
    ],
    [
      'it in a loop without braces',
      '|for (const f of all) n += readFileSync(f).length; g();',
      'readFileSync:1:27',
    ],
    ['it twice', '|while (a < b) {\n  fs.rmSync(a++);\n  fs.rmSync(b--);\n}', 'fs.rmSync:2:3'],
    [
      'it beside what is short',
      "|for (const n of all) { sizes.push(fs.statSync(path.join('a(', n)).size); }",
      'fs.statSync:1:35',
    ],
  ] as const) {
    it(`finds ${what}`, () => assert.equal(each(source), call));
  }
  for (const [what, source] of [
    ['a loop of JavaScript', '|for (const f of all) { n += f.size; }'],
    ['a place that is no loop', 'for (const f of all) {\n  |n += fs.statSync(f).size;\n}'],
    ['two names', '|for (const f of all) { fs.statSync(f); fs.readFileSync(f); }'],
    ['what else is called', '|for (const f of all) { n += JSON.parse(fs.readFileSync(f)).n; }'],
    ['a call in the head', '|for (const f of found(all)) { fs.rmSync(f); }'],
    ['a call that depends', '|for (;;) { n++; if (n % 1e6 === 0) fs.writeFileSync(f, n); }'],
    ['a call behind &&', '|for (;;) { n % 1e6 === 0 && fs.writeFileSync(f, n); }'],
    ['a call in a choice', '|for (;;) { n = n > 5 ? 1 : fs.writeFileSync(f, n); }'],
    ['a loop in the loop', '|for (;;) { for (const x of y) n += x; fs.rmSync(f); }'],
    ['a function in the loop', '|for (;;) { later.push(() => fs.rmSync(f)); }'],
    ['a call after an await', '|for (;;) { await x; fs.rmSync(f); }'],
    ['a loop that awaits', '|for await (const f of all) { fs.rmSync(f); }'],
    ['what is made', '|for (;;) { fs.writeSync(f, new Uint8Array(1e9)); }'],
    ['a call in a text', '|for (;;) { fs.writeSync(f, `${slow()}`); }'],
    ['a call by a tag', '|for (;;) { fs.writeSync(f, slow`x`); }'],
    ['a function of the program', '|for (;;) { n += workSync(n); }'],
    ['a call after the loop', '|for (;;) { n++; }\nfs.rmSync(f);'],
    ['a loop that is not complete', '|for (;;) { fs.rmSync(f);'],
  ] as const) {
    it(`does not believe ${what}`, () => assert.equal(each(source), undefined));
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

describe('onlyAwait', () => {
  const awaited = (source: string): string | undefined => {
    const { text, ...head } = marked(source);
    const place = onlyAwait(text, head);
    return place && `${place.line}:${place.column}`;
  };

  for (const [what, source, place] of [
    ['of a function', 'async function f|(a = g(1)) {\n  for (;;) await step(a);\n}', '2:12'],
    ['of an arrow', 'const f = async |() => {\n  // await b();\n  await a();\n};\nawait c();', '3:3'],
    ['of no function with two', 'async function f|() {\n  await a();\n  await b();\n}', undefined],
    [
      'of no function with another in it',
      'async function f|() {\n  run(async () => await a());\n}',
      undefined,
    ],
    [
      'of none without a body',
      'const f = async |() => await a();\nfunction g() {\n  await b();\n}',
      undefined,
    ],
    ['of none without one', 'async function f|() {\n  return 1;\n}', undefined],
  ] as const) {
    it(`finds that ${what}`, () => assert.equal(awaited(source), place));
  }
});
