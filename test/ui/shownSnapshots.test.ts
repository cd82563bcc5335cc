import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/emitter.js';
import { silentLogger } from '../../src/base/logger.js';
import { ShownSnapshots } from '../../src/ui/sessions/shownSnapshots.js';
import type { SettingValues } from '../../src/ui/settings/settingsTable.js';
import { place, processOf, snapshotOf } from '../support/tasks.js';

describe('ShownSnapshots', () => {
  it('leave out what the setting ignores, from the moment that it says so', () => {
    const { shown, settings, changes } = start();
    assert.deepEqual(ids(shown), { live: ['report'], all: ['report', 'cart'], ignored: 0 });
    settings.ignore(['src/report.ts']);
    assert.equal(changes(), 1);
    assert.deepEqual(ids(shown), { live: [], all: ['cart'], ignored: 1 });
    settings.ignore([]);
    assert.deepEqual(ids(shown), { live: ['report'], all: ['report', 'cart'], ignored: 0 });
  });

  it('follow the folders of the workspace', () => {
    const { shown, settings, folders } = start();
    settings.ignore(['report.ts']);
    assert.equal(ids(shown).ignored, 0);
    folders.push('/shop/src');
    assert.equal(ids(shown).ignored, 1);
  });
});

function ids(shown: ShownSnapshots): { live: string[]; all: string[]; ignored: number } {
  const { live, all, ignored } = shown.take();
  const names = ({ processes }: typeof live): string[] =>
    processes.flatMap(({ warnings }) => warnings.map(({ id }) => id));
  return { live: names(live), all: names(all), ignored };
}

function start() {
  const process = (name: string) =>
    processOf([], {
      session: name,
      warnings: [
        { id: name, kind: 'blocking', message: '', count: 1, site: place(`/shop/src/${name}.ts:20`) },
      ],
    });
  const changed = new Emitter<void>(assert.ifError);
  const settings = new FakeSettings();
  const folders = ['/shop'];
  const shown = new ShownSnapshots(
    {
      take: () => ({
        live: snapshotOf(process('report')),
        all: snapshotOf(process('report'), process('cart')),
        ignored: 0,
      }),
      onDidChange: changed.event,
      onNews: changed.event,
    },
    settings,
    () => folders,
    silentLogger,
  );
  let count = 0;
  shown.onDidChange(() => (count += 1));
  return { shown, settings, folders, changes: () => count };
}

type Ignoring = Pick<SettingValues, 'blocking.ignore' | 'findings.ignore'>;

class FakeSettings {
  private readonly changed = new Emitter<Ignoring>(assert.ifError);
  readonly onDidChange = this.changed.event;
  value: Ignoring = { 'blocking.ignore': [], 'findings.ignore': [] };

  ignore(patterns: readonly string[]): void {
    this.value = { 'blocking.ignore': patterns, 'findings.ignore': [] };
    this.changed.fire(this.value);
  }
}
