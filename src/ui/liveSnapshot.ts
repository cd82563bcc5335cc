import type { Clock } from '../base/clock.js';
import { type Disposable, DisposableStore, toDisposable } from '../base/disposable.js';
import { Emitter, type Event } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import type { Snapshot } from '../protocol/snapshot.js';

/** What is known at one moment. */
export interface Snapshots {
  /** The processes of the runs that go on. */
  live: Snapshot;
  /** Also finished processes that still have warnings. */
  all: Snapshot;
}

/** Where the snapshots come from; `onDidChange` also fires when ages on the screen have become old. */
export interface SnapshotSource {
  take(): Snapshots;
  readonly onDidChange: Event<void>;
}

/** Changes within this time are shown together. */
const COALESCE_MS = 100;
/** While a program runs, snapshots are not taken more often: each costs time. */
const TAKE_MS = 400;

/** The one snapshot that all views are drawn from, taken a few times a second at most. */
export class LiveSnapshot implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed: Emitter<void>;
  private pending: Disposable | undefined;
  private takenMs = Number.NEGATIVE_INFINITY;
  private now: Snapshots;

  constructor(
    private readonly source: SnapshotSource,
    private readonly clock: Clock,
    logger: Logger,
  ) {
    this.changed = this.store.add(
      new Emitter((error) => logger.error('A view could not be updated.', error)),
    );
    this.now = source.take();
    this.store.add(source.onDidChange(() => this.changeSeen()));
    this.store.add(toDisposable(() => this.pending?.dispose()));
  }

  /** For the tasks view and the status bar. */
  get live(): Snapshot {
    return this.now.live;
  }

  /** For everything that shows warnings. */
  get all(): Snapshot {
    return this.now.all;
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  takeNow(): void {
    this.pending?.dispose();
    this.pending = undefined;
    this.takenMs = this.clock.nowMs();
    this.now = this.source.take();
    this.changed.fire();
  }

  dispose(): void {
    this.store.dispose();
  }

  private changeSeen(): void {
    if (this.pending !== undefined) return;
    const sinceMs = this.clock.nowMs() - this.takenMs;
    this.pending = this.clock.after(Math.max(COALESCE_MS, TAKE_MS - sinceMs), () => this.takeNow());
  }
}
