import assert from 'node:assert/strict';
import type { ScriptCode } from '../../src/model/scriptCode.js';
import { parseScript } from '../../src/source/parseScript.js';

/** The place of `|` in a text, and the code without it. */
function marked(source: string): { code: ScriptCode; line: number; column: number } {
  const before = source.slice(0, source.indexOf('|'));
  const code = parseScript(source.replace('|', ''));
  assert.ok(code, 'the parser does not know it');
  return { code, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

function before(source: string): string | undefined {
  const { code, ...place } = marked(source);
  const call = code.lastCallBefore(place);
  return call && `${call.name}:${call.line}:${call.column}`;
}

describe('lastCallBefore', () => {
  for (const [what, source, call] of [
    ['the statement before', 'const a = JSON.parse(text);\n|use(a);', 'JSON.parse:1:16'],
    ['a call of the user', 'const r = h();\nlet z = 1;\n|after(r);', 'h:1:11'],
    ['the argument of the call that is being made', 'use(JSON.parse(text), |more());', 'JSON.parse:1:10'],
    ['a call in a condition', 'if (arr.sort()) {\n  |use(arr);\n}', 'arr.sort:1:9'],
    ['no keyword', 'x = JSON.parse(a);\nif (x) {\n  |use(x);\n}', 'JSON.parse:1:10'],
    ['nothing in texts and comments', 'a(1);\n// b(2)\n"c(3)";\n|d();', 'a:1:1'],
    ['nothing of the function before', 'function f() {\n  a();\n}\nfunction g() {\n  |b();\n}', undefined],
    ['a call without a name', 'a();\njobs[0]();\n|b();', ':2:6'],
    ['what is called for an argument', 'a();\n|h(JSON.parse(x));', 'JSON.parse:2:8'],
    ['the call that was over last', 'h(JSON.parse(x));\n|b();', 'h:1:1'],
    ['a constructor', 'const t = new Table(a());\n|b();', ':1:11'],
    ['what came before a loop that calls nothing', 'parse();\n|for (;;) n++;', 'parse:1:1'],
    ['nothing before a loop that calls', 'parse();\n|for (;;) work();', undefined],
    ['nothing that may not have run', 'a();\nif (x) b();\n|c();', undefined],
    ['nothing of the other branch', 'if (x) {\n  a();\n} else {\n  |b();\n}', undefined],
    ['nothing of another case', 'switch (x) {\n  case 1:\n    a();\n  case 2:\n    |b();\n}', undefined],
    ['nothing of what failed', 'try {\n  a();\n} catch {\n  |b();\n}', undefined],
    ['nothing before the round of a loop', 'a();\nfor (;;) {\n  |b();\n  c();\n}', undefined],
    ['what stands before it in its round', 'for (;;) {\n  a();\n  |b();\n}', 'a:2:3'],
    ['nothing before an await', 'async () => {\n  await a();\n  |b();\n};', undefined],
    ['nothing behind &&', 'x && a();\n|b();', undefined],
    ['what stands before &&', 'a() && |b();', 'a:1:1'],
    ['nothing of a quote in a pattern', 'a();\nx = /"/;\n|b("c(1)");', 'a:1:1'],
    ['nothing at a place that is no call', 'a();\nlet |x = 1;', undefined],
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
      const { code, ...place } = marked(source);
      assert.equal(code.callsNothing(place), expected);
    });
  }
});

describe('onlyCallOfCallback', () => {
  for (const [what, source, call] of [
    ['the call that an arrow returns', '|setTimeout(() => JSON.parse(text), 9);', 'JSON.parse:1:23'],
    ['the one in a body', '|setImmediate(function () {\n  all = JSON.parse(text);\n});', 'JSON.parse:2:14'],
    ['it beside what is short', '|setTimeout(() => {\n  n = Math.max(1, 2);\n  s.sort();\n});', 's.sort:3:5'],
    ['it in a branch', '|setTimeout(() => {\n  if (a) return;\n  JSON.parse(a);\n}, 1);', 'JSON.parse:3:8'],
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
      const { code, ...place } = marked(source);
      const found = code.onlyCallOfCallback(place, false);
      assert.equal(found && `${found.name}:${found.line}:${found.column}`, call);
    });
  }

  for (const [what, source, name] of [
    ['in what a promise goes on with', 'load.|then((text) => JSON.parse(text));', 'JSON.parse'],
    ['not if there are two handlers', 'load.|then((a) => JSON.parse(a), (b) => b);', undefined],
    ['not in a timer', '|setTimeout(() => JSON.parse(a), 9);', undefined],
  ] as const) {
    it(`finds it in microtasks ${what}`, () => {
      const { code, ...place } = marked(source);
      assert.equal(code.onlyCallOfCallback(place, true)?.name, name);
    });
  }
});

function each(source: string): string | undefined {
  const { code, ...place } = marked(source);
  const call = code.callInEachRound(place);
  return call && `${call.name}:${call.line}:${call.column}`;
}

describe('callInEachRound', () => {
  for (const [what, source, call] of [
    [
      'the one call',
      'f();\n|for (const f of all) {\n  n += fs.statSync(f).size;\n}\ng();',
      'fs.statSync:3:11',
    ],
    [
      'it in a loop without braces',
      '|for (const f of all) n += readFileSync(f).length; g();',
      'readFileSync:1:27',
    ],
    ['it twice', '|while (a < b) {\n  fs.rmSync(a++);\n  fs.rmSync(b--);\n}', 'fs.rmSync:2:6'],
    [
      'it beside what is short',
      "|for (const n of all) { sizes.push(fs.statSync(path.join('a(', n)).size); }",
      'fs.statSync:1:38',
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
  ] as const) {
    it(`does not believe ${what}`, () => assert.equal(each(source), undefined));
  }
});

describe('callsOn', () => {
  for (const [line, names] of [
    ['const a = JSON.parse(text);', ['JSON.parse']],
    ['  return zlib.gzipSync(buffer);', ['zlib.gzipSync']],
    ['JSON.parse(readFileSync(file))', ['JSON.parse', 'readFileSync']],
    ['for (;;) count(x);', ['count']],
    ['for (;;) n += Math.sqrt(n);', []],
    ['"JSON.parse(x)"', []],
    ['if (/"/.test(line)) throw new Error("JSON.parse(line) expected");', ['', '']],
    ["if (/[/']/.test(a)) b = 'JSON.parse(x)'; // JSON.parse(y)", ['']],
    ['f(`${JSON.parse(a)} JSON.parse(b)`)', ['f', 'JSON.parse']],
    ['const f = () => { fill(a); jobs[0](); t`a`; new F(); };', ['fill', '', '', '']],
  ] as const) {
    it(`finds ${names.length === 0 ? 'nothing' : names.join(', ')} in ${line}`, () => {
      assert.deepEqual(parseScript(`before();\n${line}\nafter();`)?.callsOn(2), names);
    });
  }

  it('tells lines of one call apart', () => {
    const code = parseScript('list\n  .map(f)\n  .sort();');
    assert.deepEqual(code?.callsOn(2), ['list.map']);
    assert.deepEqual(code.callsOn(3), ['']);
    assert.deepEqual(code.callsOn(4), []);
  });
});

describe('onlyAwait', () => {
  const awaited = (source: string): string | undefined => {
    const { code, ...head } = marked(source);
    const place = code.onlyAwait(head);
    return place && `${place.line}:${place.column}`;
  };

  for (const [what, source, place] of [
    ['of a function', 'async function f|(a = g(1)) {\n  for (;;) await step(a);\n}', '2:12'],
    ['of an arrow', 'const f = async |() => {\n  // await b();\n  await a();\n};\nc();', '3:3'],
    ['of no function with two', 'async function f|() {\n  await a();\n  await b();\n}', undefined],
    [
      'of no function with another in it',
      'async function f|() {\n  run(async () => await a());\n}',
      undefined,
    ],
    [
      'of none without a body',
      'const f = async |() => await a();\nasync function g() {\n  await b();\n}',
      undefined,
    ],
    ['of none without one', 'async function f|() {\n  return 1;\n}', undefined],
  ] as const) {
    it(`finds that ${what}`, () => assert.equal(awaited(source), place));
  }
});

describe('parseScript', () => {
  it('reads modules of both kinds', () => {
    assert.ok(parseScript('const a = require("a");\nif (!a) return;\nwith (a) b();'));
    assert.ok(parseScript("import a from 'a';\nawait a();"));
  });

  it('says nothing of what it does not know', () => {
    for (const text of ['const a: number = 1;', '<p>a</p>', 'for (;;) { fs.rmSync(f);', '{"a": 1}'])
      assert.equal(parseScript(text), undefined);
  });

  it('says nothing of what is nested too deeply to be walked through', () => {
    assert.equal(parseScript(`${'['.repeat(3_000)}${']'.repeat(3_000)}`), undefined);
    assert.equal(parseScript(`a${' + a'.repeat(20_000)}`), undefined);
    assert.ok(parseScript(`a${' + a'.repeat(500)}`));
  });

  it('says nothing of places that the text does not have', () => {
    const code = parseScript('a();\nb();');
    for (const place of [
      { line: 9, column: 1 },
      { line: 1, column: 9 },
      { line: 0, column: 0 },
    ]) {
      assert.equal(code?.lastCallBefore(place), undefined);
      assert.equal(code?.callInEachRound(place), undefined);
      assert.equal(code?.isLoop(place), false);
    }
    assert.deepEqual(code?.callsOn(9), []);
  });
});
