import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { Emitter, type Event } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import type { Snapshots, SnapshotSource } from './liveSnapshot.js';

/**
 * What looks into processes have told, each as a row of its own below that of the process: it is of a moment that is over,
 * and the live tree goes on beside it.
 */
export class XrayResults implements SnapshotSource, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed: Emitter<void>;
  private readonly results = new Map<string, ProcessSnapshot>();

  constructor(
    private readonly source: SnapshotSource,
    logger: Logger,
  ) {
    this.changed = this.store.add(new Emitter((error) => logger.error('A view could not follow.', error)));
    this.store.add(source.onDidChange(() => this.changed.fire()));
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  get onNews(): Event<void> {
    return this.source.onNews;
  }

  /** Takes the place of the last look into the process. */
  show(process: ProcessSnapshot): void {
    this.results.set(process.parent ?? process.session, process);
    this.changed.fire();
  }

  take(): Snapshots {
    const { live, all, ignored } = this.source.take();
    const living = new Set(
      live.processes.filter(({ state }) => state !== 'ended').map(({ session }) => session),
    );
    for (const session of this.results.keys()) if (!living.has(session)) this.results.delete(session);
    if (this.results.size === 0) return { live, all, ignored };
    return { live: this.with(live), all: this.with(all), ignored };
  }

  dispose(): void {
    this.store.dispose();
  }

  private with(snapshot: Snapshot): Snapshot {
    return { ...snapshot, processes: [...snapshot.processes, ...this.results.values()] };
  }
}
