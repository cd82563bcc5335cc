import { Emitter, type Event } from '../../base/emitter.js';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import type { Logger } from '../../base/logger.js';
import { IgnoredPlaces, withoutIgnored } from '../../model/presenter/index.js';
import type { Snapshots, SnapshotSource } from './liveSnapshot.js';
import type { SettingValues } from '../settings/settingsTable.js';

type Values = Pick<SettingValues, 'blocking.ignore'>;

/** What the views get to see: everything but the warnings of places that the user ignores. */
export class ShownSnapshots implements SnapshotSource, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed: Emitter<void>;
  private places = new IgnoredPlaces([], []);
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

  /** Places whose warnings are not shown. */
  get ignored(): IgnoredPlaces {
    const patterns = this.settings.value['blocking.ignore'];
    const folders = this.folders();
    const key = JSON.stringify([patterns, folders]);
    if (key !== this.madeFor) {
      this.places = new IgnoredPlaces(patterns, folders);
      this.madeFor = key;
    }
    return this.places;
  }

  take(): Snapshots {
    const { live, all } = this.source.take();
    const places = this.ignored;
    const shown = withoutIgnored(all, places);
    return { live: withoutIgnored(live, places).snapshot, all: shown.snapshot, ignored: shown.ignored };
  }

  dispose(): void {
    this.store.dispose();
  }
}
