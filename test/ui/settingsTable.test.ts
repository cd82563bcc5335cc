import assert from 'node:assert/strict';
import { readSettings, type SettingName } from '../../src/ui/settings/settingsTable.js';

describe('readSettings', () => {
  it('takes the defaults where nothing is set', () => {
    const { values, problems } = readSettings(() => undefined);
    assert.equal(values['blocking.thresholdMs'], 100);
    assert.equal(values['tasks.grouping'], 'awaits');
    assert.deepEqual(problems, []);
  });

  it('takes what is set', () => {
    const { values, problems } = readSettings(settings({ 'blocking.thresholdMs': 10, enabled: false }));
    assert.equal(values['blocking.thresholdMs'], 10);
    assert.equal(values.enabled, false);
    assert.deepEqual(problems, []);
  });

  for (const [name, given] of [
    ['blocking.thresholdMs', '100'],
    ['blocking.thresholdMs', -1],
    ['blocking.thresholdMs', Number.NaN],
    ['blocking.thresholdMs', null],
    ['sites.budget', 101],
    ['enabled', 'yes'],
    ['tasks.grouping', 'toString'],
    ['tasks.hiddenFiles', '**/node_modules/**'],
    ['tasks.hiddenFiles', [1]],
  ] as const) {
    it(`reports ${name}: ${String(given)} and takes the default`, () => {
      const { values, problems } = readSettings(settings({ [name]: given }));
      assert.deepEqual(values, readSettings(() => undefined).values);
      assert.deepEqual(
        problems.map((problem) => [problem.name, problem.given]),
        [[name, given]],
      );
    });
  }
});

function settings(given: Partial<Record<SettingName, unknown>>): (name: SettingName) => unknown {
  return (name) => given[name];
}
