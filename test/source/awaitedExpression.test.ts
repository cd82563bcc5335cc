import assert from 'node:assert/strict';
import { parseScript } from '../../src/source/parseScript.js';

/** What is awaited at the place of `|`. */
function awaited(source: string): string | undefined {
  const before = source.slice(0, source.indexOf('|'));
  const code = parseScript(source.replace('|', ''));
  assert.ok(code, 'the parser does not know it');
  return code.awaited({ line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') });
}

describe('awaited', () => {
  for (const [what, source, told] of [
    ['a call', "async () => { await |once(child, 'exit'); }", "once(child, 'exit')"],
    ['a method, told at its name', 'async () => { await db.|query(sql, [1]); }', 'db.query(sql, […])'],
    [
      'a statement on one line',
      'async () => { await db.|query(`SELECT *\n  FROM carts WHERE id = ${id}`); }',
      'db.query(`SELECT * FROM carts WHERE id = …`)',
    ],
    ['a tagged template', 'async () => { await |sql`SELECT ${a}`; }', 'sql`SELECT …`'],
    ['a constructor', 'async () => { await |new Job(1); }', 'new Job(1)'],
    ['an import', "async () => { await |import('./a.mjs'); }", "import('./a.mjs')"],
    ['a field', 'async () => { await |this.ready; }', 'this.ready'],
    ['the inner one of two', 'async () => { await a(await |b()); }', 'b()'],
    ['the outer one of two', 'async () => { await |a(await b()); }', 'a(…)'],
    ['a call without what is long', 'async () => { await |run({ a }, () => 1, f(2)); }', 'run({…}, …, f(…))'],
    ['what a loop reads', 'async () => { for await (const x of |lines(file)) x; }', 'lines(file)'],
    ['no name alone', 'async () => { await |ready; }', undefined],
    ['no new Promise', 'async () => { await |new Promise(r); }', undefined],
    ['nothing that has no short form', 'async () => { await (|a ? b() : c()); }', undefined],
    ['nothing where no await stands', 'async () => { |a(); await b(); }', undefined],
  ] as const)
    it(`tells ${what}`, () => {
      assert.equal(awaited(source), told);
    });
});
