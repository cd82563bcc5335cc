import assert from 'node:assert/strict';
import { HIDDEN_BY_DEFAULT } from '../../src/model/presenter/index.js';
import { skipFilesOf } from '../../src/ui/sessions/launchConfiguration.js';
import { SessionFiles } from '../../src/ui/sessions/sessionFiles.js';

function hides(
  file: string,
  options: { setting?: readonly string[]; skipFiles?: readonly string[] },
): boolean {
  const { setting = HIDDEN_BY_DEFAULT, skipFiles = [] } = options;
  const files = new SessionFiles(
    { value: { 'tasks.hiddenFiles': setting } },
    { skipFiles: (session) => (session === 's1' ? skipFiles : []) },
  );
  return files.hiddenIn('s1').hides({ file, line: 1, column: 1 });
}

describe('SessionFiles', () => {
  it('hide Node’s own code and packages where nothing is said', () => {
    assert.equal(hides('node:net', {}), true);
    assert.equal(hides('/shop/node_modules/pg/index.js', {}), true);
    assert.equal(hides('/shop/a.ts', {}), false);
  });

  it('hide also what the launch configuration skips, and show what it excepts', () => {
    const skipFiles = ['/shop/lib/**', '!**/node_modules/pg/**'];
    assert.equal(hides('/shop/lib/a.js', { skipFiles }), true);
    assert.equal(hides('/shop/node_modules/pg/index.js', { skipFiles }), false);
    assert.equal(hides('/shop/node_modules/redis/index.js', { skipFiles }), true);
  });

  it('follow the launch configuration alone where the setting is empty', () => {
    const only = { setting: [], skipFiles: ['<node_internals>/**'] };
    assert.equal(hides('node:net', only), true);
    assert.equal(hides('/shop/node_modules/pg/index.js', only), false);
  });

  it('are the same for the same patterns, so that what was worked out is kept', () => {
    const patterns = new Map([
      ['a', ['/x/**']],
      ['b', ['/x/**']],
      ['c', ['/y/**']],
    ]);
    const files = new SessionFiles(
      { value: { 'tasks.hiddenFiles': [] } },
      { skipFiles: (session) => patterns.get(session) ?? [] },
    );
    assert.equal(files.hiddenIn('a'), files.hiddenIn('b'));
    assert.notEqual(files.hiddenIn('a'), files.hiddenIn('c'));
  });
});

describe('skipFilesOf', () => {
  it('takes the patterns of a launch configuration, whatever else is in it', () => {
    assert.deepEqual(skipFilesOf({ type: 'node', skipFiles: ['a/**', 1, null] }), ['a/**']);
    assert.deepEqual(skipFilesOf({ type: 'node', skipFiles: 'a/**' }), []);
    assert.deepEqual(skipFilesOf({ type: 'node' }), []);
  });
});
