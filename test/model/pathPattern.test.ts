import assert from 'node:assert/strict';
import { PathPattern } from '../../src/model/pathPattern.js';

describe('PathPattern', () => {
  for (const [glob, path, fits] of [
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'SRC/A.ts', true],
    ['src\\a.ts', 'src/a.ts', true],
    ['src/a.ts', 'src/axts', false],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/b/a.ts', false],
    ['src/*a*b*.ts', 'src/xaybz.ts', true],
    ['src/*a*b*.ts', 'src/xbya.ts', false],
    ['src/**', 'src/a/b.ts', true],
    ['src/**', 'src/', true],
    ['src/**', 'src', false],
    ['**', 'a', true],
    ['**', '', true],
    ['**/a.ts', 'a.ts', true],
    ['**/a.ts', '/x/y/a.ts', true],
    ['**/a.ts', '/x/ya.ts', false],
    ['**/node_modules/**', '/x/node_modules/y/z.js', true],
    ['**/node_modules/**', '/x/my_node_modules/z.js', false],
    ['a/**/b/**/c', 'a/b/x/b/y/c', true],
    ['a/**/b/**/c', 'a/x/c', false],
    ['**/b/*/c', 'b/x/b/y/c', true],
    ['a**b', 'axxb', true],
    ['a**b', 'a/b', false],
    ['', '', true],
    ['', 'a', false],
    ['a+(b).js', 'a+(b).js', true],
  ] as const) {
    it(`${glob} ${fits ? 'is' : 'is not'} ${path}`, () =>
      assert.equal(new PathPattern(glob).test(path), fits));
  }

  it('takes no long time, whatever the pattern is', () => {
    const path = 'a/'.repeat(500);
    const name = 'a'.repeat(1000);
    // Each would be tried in more ways than there is time for.
    assert.equal(new PathPattern(`${'**/'.repeat(200)}b`).test(path), false);
    assert.equal(new PathPattern(`${'**/a/'.repeat(200)}b`).test(path), false);
    assert.equal(new PathPattern(`${'*a'.repeat(200)}b`).test(name), false);
  });
});
