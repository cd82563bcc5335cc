import assert from 'node:assert/strict';
import { throughLinks } from '../../src/ui/workbench/linkedFolders.js';

describe('throughLinks', () => {
  const folders = [
    { path: '/home/ann/other', real: '/home/ann/other' },
    { path: '/tmp/shop', real: '/private/tmp/shop' },
  ];

  it('leads to a file by the folder that VS Code has open', () => {
    assert.equal(throughLinks('/private/tmp/shop/src/a.ts', folders), '/tmp/shop/src/a.ts');
    assert.equal(throughLinks('D:\\real\\a.ts', [{ path: 'C:\\shop', real: 'D:\\real' }]), 'C:\\shop\\a.ts');
  });

  it('leaves all others alone', () => {
    for (const file of ['/private/tmp/shopping/a.ts', '/home/ann/other/a.ts', '/private/tmp/shop'])
      assert.equal(throughLinks(file, folders), file);
  });
});
