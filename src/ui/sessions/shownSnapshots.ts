import { Emitter, type Event } from '../../base/emitter.js';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import type { Logger } from '../../base/logger.js';
import { type Ignored, IgnoredFindings, IgnoredPlaces, withoutIgnored } from '../../model/presenter/index.js';
import type { Snapshots, SnapshotSource } from './liveSnapshot.js';
import type { SettingValues } from '../settings/settingsTable.js';

type Values = Pick<SettingValues, 'blocking.ignore' | 'findings.ignore'>;

/** What the views get to see: everything but the warnings that the user ignores. */
export class ShownSnapshots implements SnapshotSource, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed: Emitter<void>;
  private now: Ignored = { places: new IgnoredPlaces([], []), findings: new IgnoredFindings([], []) };
  private madeFor = '';

  /** `folders`: those of the workspace. */
  constructor(
    private readonly source: SnapshotSource,
    private readonly settings: { readonly value: Values; readonly onDidChange: Event<Values> },
    private readonly folders: () => readonly string[],
    logger: Logger,
  ) {
    this.changed = this.store.add(new Emitter((error) => logger.error('A view could not follow.', error)));
    this.store.add(source.onDidChange(() => this.changed.fire()));
    this.store.add(settings.onDidChange(() => this.changed.fire()));
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  get onNews(): Event<void> {
    return this.source.onNews;
  }

  /** Places whose blocks are not shown, and findings that are not. */
  get ignored(): Ignored {
    const { 'blocking.ignore': places, 'findings.ignore': findings } = this.settings.value;
    const folders = this.folders();
    const key = JSON.stringify([places, findings, folders]);
    if (key !== this.madeFor) {
      this.now = {
        places: new IgnoredPlaces(places, folders),
        findings: new IgnoredFindings(findings, folders),
      };
      this.madeFor = key;
    }
    return this.now;
  }

  take(): Snapshots {
    const { live, all } = this.source.take();
    const { ignored } = this;
    const shown = withoutIgnored(all, ignored);
    return { live: withoutIgnored(live, ignored).snapshot, all: shown.snapshot, ignored: shown.ignored };
  }

  dispose(): void {
    this.store.dispose();
  }
}
