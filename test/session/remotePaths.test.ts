import assert from 'node:assert/strict';
import { localPath } from '../../src/session/remotePaths.js';
import { SourceLocations } from '../../src/session/sourceLocations.js';
import { silentLogger } from '../../src/base/logger.js';
import { rootsOf } from '../../src/ui/sessions/launchConfiguration.js';

describe('Paths of a program that runs elsewhere', () => {
  const roots = { remote: '/app', local: '/home/ann/shop' };

  it('are those of the files here', () => {
    assert.equal(localPath('/app/src/a.js', roots), '/home/ann/shop/src/a.js');
    assert.equal(localPath('/app/src/a.js', { ...roots, remote: '/app/' }), '/home/ann/shop/src/a.js');
    assert.equal(localPath('c:\\App\\src\\a.js', { ...roots, remote: 'C:\\app' }), '/home/ann/shop/src/a.js');
  });

  it('stay as they are outside the root, and without one', () => {
    assert.equal(localPath('/application/a.js', roots), '/application/a.js');
    assert.equal(localPath('/APP/a.js', roots), '/APP/a.js');
    assert.equal(localPath('/app/a.js', undefined), '/app/a.js');
  });

  it('are told so for every place', () => {
    const locations = new SourceLocations(silentLogger, undefined, roots);
    const frame = { url: 'file:///app/src/a.js', line: 3, column: 1, function: 'f' };
    assert.equal(locations.resolve(frame).file, '/home/ann/shop/src/a.js');
    assert.equal(locations.resolve({ ...frame, url: 'node:fs' }).file, 'node:fs');
    locations.dispose();
  });

  it('are known from the configuration of the session, or of the one above it', () => {
    const attach = { configuration: { remoteRoot: '/app', localRoot: '/home/ann/shop' } };
    assert.deepEqual(rootsOf([{ configuration: {} }, attach]), roots);
    assert.equal(rootsOf([{ configuration: { remoteRoot: '/app' } }, { configuration: {} }]), undefined);
  });
});
