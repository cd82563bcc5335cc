import type { Clock } from '../../base/clock.js';
import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable.js';
import { Emitter, type Event } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import type { Snapshot } from '../../protocol/snapshot.js';
import { cooldownMs, stepRestMs } from '../settings/cooldown.js';

/** What is known at one moment. */
export interface Snapshots {
  /** The processes of the runs that go on. */
  live: Snapshot;
  /** Also finished processes that still have warnings. */
  all: Snapshot;
  /** Warnings that are left out of both. */
  ignored: number;
}

/** Where the snapshots come from; `onDidChange` also fires when ages on the screen have become old. */
export interface SnapshotSource {
  take(): Snapshots;
  readonly onDidChange: Event<void>;
  /** Something begins or ends that people should see at once. */
  readonly onNews: Event<void>;
}

/**
 * So many new tasks of each process, and known ones with better places, are taken into a snapshot at most, and so many
 * are looked at in a step for a filter, another grouping or the internals: the views have to answer soon.
 */
export const TASKS_AT_ONCE = 5_000;
/** Changes within this time are shown together. */
const COALESCE_MS = 100;
/** The same for news, which have to be on the screen while what they tell of lasts. */
const NEWS_MS = 20;
/** While a program runs, snapshots are not taken more often: each costs time. */
const TAKE_MS = 400;

/** The one snapshot that all views are drawn from, taken a few times a second at most. */
export class LiveSnapshot implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed: Emitter<void>;
  private pending: Disposable | undefined;
  private dueMs = 0;
  private takenMs = Number.NEGATIVE_INFINITY;
  /** The last snapshot, with what was made of it at once. */
  private tookMs = 0;
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
    this.store.add(source.onNews(() => this.newsSeen()));
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

  /** How many warnings are not shown because their places are ignored. */
  get ignored(): number {
    return this.now.ignored;
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
    this.tookMs = this.clock.nowMs() - this.takenMs;
    if (this.now.live.processes.some(({ backlog }) => backlog !== undefined)) this.goOn();
  }

  dispose(): void {
    this.store.dispose();
  }

  private changeSeen(): void {
    if (this.pending !== undefined) return;
    const holdMs = Math.max(TAKE_MS, cooldownMs(this.tookMs));
    this.takeAt(Math.max(this.clock.nowMs() + COALESCE_MS, this.takenMs + holdMs));
  }

  private newsSeen(): void {
    const atMs = Math.max(this.clock.nowMs() + NEWS_MS, this.takenMs + COALESCE_MS);
    if (this.pending === undefined || atMs < this.dueMs) this.takeAt(atMs);
  }

  /** There are more tasks than one snapshot takes in: the next ones follow soon, and half of the time is left to others. */
  private goOn(): void {
    this.takeAt(this.clock.nowMs() + stepRestMs(this.tookMs));
  }

  private takeAt(atMs: number): void {
    this.pending?.dispose();
    this.dueMs = atMs;
    this.pending = this.clock.after(atMs - this.clock.nowMs(), () => this.takeNow());
  }
}
