import assert from 'node:assert/strict';
import { HiddenFiles } from '../../../src/model/presenter/index.js';
import { treeOf } from '../../support/taskRows.js';
import { place, task } from '../../support/tasks.js';

function hides(patterns: readonly string[], file: string): boolean {
  return new HiddenFiles(patterns).hides({ file, line: 1, column: 1 });
}

describe('HiddenFiles', () => {
  it('are by default those of Node and of packages', () => {
    const hidden = (file: string): boolean => HiddenFiles.byDefault.hides({ file, line: 1, column: 1 });
    for (const file of ['node:internal/timers', 'native', '<anonymous>', '', '/a/node_modules/b/c.js'])
      assert.equal(hidden(file), true, file);
    for (const file of ['/a/b.ts', 'C:\\a\\b.ts', '/a/node_modules.ts', 'file:///a/b.js'])
      assert.equal(hidden(file), false, file);
    assert.equal(hidden('C:\\a\\node_modules\\b.js'), true);
  });

  for (const [pattern, file, expected] of [
    ['/shop/lib/**', '/shop/lib/a/b.js', true],
    ['/shop/lib/**', '/shop/library/a.js', false],
    ['/shop/**/*.test.js', '/shop/a/b/c.test.js', true],
    ['/shop/**/*.test.js', '/shop/c.test.js', true],
    ['/shop/*.js', '/shop/a/b.js', false],
    ['/SHOP/A.js', '/shop/a.js', true],
    ['C:\\shop\\**', 'c:\\shop\\a.js', true],
    ['**/a+b(c).js', '/x/a+b(c).js', true],
    ['**/a.js', '/x/abjs', false],
    ['<node_internals>/internal/**', 'node:internal/timers', true],
    ['<node_internals>/internal/**', 'node:net', false],
    ['  ', '/a.js', false],
  ] as const) {
    it(`of ${pattern} ${expected ? 'hold' : 'do not hold'} ${file}`, () =>
      assert.equal(hides([pattern], file), expected));
  }

  it('are decided by the last pattern that matches', () => {
    const patterns = ['**/node_modules/**', '!**/node_modules/ours/**', '**/ours/internal/**'];
    assert.equal(hides(patterns, '/a/node_modules/theirs/x.js'), true);
    assert.equal(hides(patterns, '/a/node_modules/ours/x.js'), false);
    assert.equal(hides(patterns, '/a/node_modules/ours/internal/x.js'), true);
  });

  it('tell which tasks are not shown on their own, and internals shows them all the same', () => {
    const tasks = [
      task('a', 'generated', { definedAt: place('/shop/gen/a.js:1') }),
      task('b', 'packaged', { definedAt: place('/shop/node_modules/b/b.js:1') }),
    ];
    const hidden = new HiddenFiles(['/shop/gen/**']);
    assert.equal(treeOf(tasks, { hidden: () => hidden }), 'packaged  awaiting · 1.2 s  b.js:1');
    assert.equal(treeOf(tasks, { hidden: () => hidden, internals: true }).split('\n').length, 2);
  });
});
