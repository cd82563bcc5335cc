import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOnOtherMachine, isRegularFile, readRegularFile } from '../../src/session/regularFile.js';

const MAX_BYTES = 1000;

describe('readRegularFile', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'regular-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  it('gives the text of a file', async () => {
    const file = write('a.js', 'häuser');
    assert.equal(await readRegularFile(file, MAX_BYTES), 'häuser');
    assert.equal(isRegularFile(file), true);
    assert.equal(await readRegularFile(write('empty.js', ''), MAX_BYTES), '');
  });

  it('reads a file of many pieces whole', async () => {
    const text = 'x'.repeat(3_000_000);
    assert.equal(await readRegularFile(write('long.js', text), 3_000_000), text);
  });

  it('leaves what is too large, a folder or not there alone', async () => {
    const huge = write('huge.js', '');
    truncateSync(huge, 5 * 1024 ** 3);
    mkdirSync(join(folder, 'folder.js'));
    for (const path of [huge, join(folder, 'folder.js'), join(folder, 'none.js'), 'a\0b', '']) {
      assert.equal(await readRegularFile(path, MAX_BYTES), undefined, path);
    }
    assert.equal(isRegularFile(join(folder, 'folder.js')), false);
    assert.equal(isRegularFile('a\0b'), false);
  });

  it('takes no text from what says that it is empty', async function () {
    if (process.platform !== 'linux') return;
    assert.equal(await readRegularFile('/proc/self/maps', 1e9), '');
  });

  it('opens no pipe and no device, also behind a link', async function () {
    if (process.platform === 'win32') return;
    const pipe = join(folder, 'pipe.js');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, join(folder, 'link.js'));
    symlinkSync('/dev/zero', join(folder, 'zero.js'));
    const paths = [pipe, join(folder, 'link.js'), join(folder, 'zero.js'), '/dev/zero', '/dev/tty'];
    // Eight at once: more than the pool has threads.
    for (const path of [...paths, pipe, pipe, pipe]) {
      assert.equal(await readRegularFile(path, 1e9), undefined, path);
      assert.equal(isRegularFile(path), false, path);
    }
  });
});

describe('isOnOtherMachine', () => {
  it('knows shares and devices of Windows', () => {
    for (const path of [
      '\\\\host\\share\\a.js',
      '//host/share/a.js',
      '\\/host/a',
      '\\\\.\\pipe\\x',
      '\\\\?\\C:\\a',
    ]) {
      assert.equal(isOnOtherMachine(path, 'win32'), true, path);
      assert.equal(isOnOtherMachine(path, 'linux'), false, path);
    }
    for (const path of ['C:\\a.js', 'c:/a.js', '\\a.js', 'a.js', '']) {
      assert.equal(isOnOtherMachine(path, 'win32'), false, path);
    }
  });
});
