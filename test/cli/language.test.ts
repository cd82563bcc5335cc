import assert from 'node:assert/strict';
import { join } from 'node:path';
import { bundleFor, languagesOf } from '../../src/cli/language.js';
import { PROJECT } from '../../scripts/cacheFolder.js';

describe('Language of the command line tool', () => {
  it('is that of the locale, the most particular first', () => {
    assert.deepEqual(languagesOf({ LANG: 'zh_CN.UTF-8' }), ['zh-cn', 'zh']);
    assert.deepEqual(languagesOf({ LANG: 'de_AT@euro' }), ['de-at', 'de']);
    assert.deepEqual(languagesOf({ LANG: 'fr' }), ['fr']);
    assert.deepEqual(languagesOf({ LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }), ['en-us', 'en']);
    assert.deepEqual(languagesOf({ LC_ALL: '', LC_MESSAGES: 'zh_CN', LANG: 'C' }), ['zh-cn', 'zh']);
  });

  it('is English where none is asked for, or what is no language', () => {
    for (const LANG of ['C', 'C.UTF-8', 'POSIX', '../../etc', ''])
      assert.deepEqual(languagesOf({ LANG }), []);
    assert.equal(bundleFor(join(PROJECT, 'l10n'), { LANG: 'tlh_QO' }), undefined);
  });

  it('has a bundle for Chinese', () => {
    assert.equal(typeof bundleFor(join(PROJECT, 'l10n'), { LANG: 'zh_CN.UTF-8' }), 'object');
  });
});
