import assert from 'node:assert/strict';
import { t, useTranslations } from '../../src/base/texts.js';
import { counted, durationText } from '../../src/model/numbers.js';

describe('Texts', () => {
  afterEach(() => useTranslations(undefined));

  it('are English until there is a bundle, and where it lacks one', () => {
    assert.equal(t('{0} in {1}', 'a', 2), 'a in 2');
    useTranslations({ other: 'anderes' });
    assert.equal(t('{0} in {1}', 'a', 2), 'a in 2');
  });

  it('are those of the bundle, in the order of its language', () => {
    useTranslations({ '{0} in {1}': '{1}: {0}' });
    assert.equal(t('{0} in {1}', 'a', 2), '2: a');
  });

  it('take values as they are', () => {
    assert.equal(t('{0} in {1}', '{1}', '{0}$&'), '{1} in {0}$&');
    assert.equal(t('{0} and {2}', 'a'), 'a and {2}');
    useTranslations({ constructor: 'x' });
    assert.equal(t('toString'), 'toString');
  });

  it('count and tell times in the language', () => {
    assert.equal(counted(1, 'task'), '1 task');
    assert.equal(counted(1204, 'process', 'processes'), '1,204 processes');
    useTranslations({ '{0} tasks': '{0} 个任务', '{0} min {1} s': '{0} 分 {1} 秒', '{0} ms': '{0} 毫秒' });
    assert.equal(counted(1204, 'task'), '1,204 个任务');
    assert.equal(durationText(125_000), '2 分 5 秒');
    assert.equal(durationText(430), '430 毫秒');
  });
});
