import { t } from '../../base/texts.js';
import type { Poll, WireEntry, WireFrame } from '../../protocol/wire.js';
import { durationText, formatCount } from '../numbers.js';
import { resourceType } from '../tasks/resourceTypes.js';
import { entryNames } from '../tasks/taskNames.js';
import type { TimedWarnings } from './timedWarnings.js';

export interface SlowOperationsContext {
  /** Threads of libuv's pool. */
  poolSize(): number;
  /** The place of the program that it is there for. */
  place(entry: WireEntry): WireFrame | undefined;
  isQueued(entry: WireEntry): boolean;
  /** Of a stretch of the debuggee's time, when neither a block nor the debugger held the loop. */
  freeMs(fromMs: number, toMs: number): number;
}

/** Name lookups and work in the thread pool that take long, and a pool in which all threads are taken. */
export class SlowOperations {
  /** What takes longer is slow. 0: nothing is told. */
  slowMs = 1000;
  private readonly operations = new Map<number, Operation>();
  private fullSinceMs: number | undefined;
  private fullCount = 0;

  constructor(
    private readonly context: SlowOperationsContext,
    private readonly warnings: TimedWarnings,
  ) {}

  /** The graph knows the entries of the poll, and those that it ends. */
  observe(poll: Poll): void {
    for (const entry of poll.entries) this.add(entry);
    for (const id of poll.ended) this.remove(id, poll.nowMs);
    for (const operation of this.operations.values()) this.look(operation, poll.nowMs);
    this.lookAtPool(poll.nowMs);
  }

  /** The conversation begins anew: all that is alive is told again. */
  clear(): void {
    this.operations.clear();
    this.fullSinceMs = undefined;
  }

  private add(entry: WireEntry): void {
    if (entry.kind !== 'resource' || this.operations.size >= MAX_OPERATIONS) return;
    const { pool } = resourceType(entry.type);
    if (pool === undefined && entry.type !== 'QUERYWRAP') return;
    const known = this.operations.get(entry.id);
    if (known) known.entry = entry;
    else
      this.operations.set(entry.id, {
        entry,
        sinceMs: entry.bornMs,
        isTold: false,
        pool: pool !== undefined,
      });
  }

  private remove(id: number, nowMs: number): void {
    const operation = this.operations.get(id);
    if (!operation) return;
    this.operations.delete(id);
    if (operation.isTold) this.tell(operation, nowMs, false);
  }

  private look(operation: Operation, nowMs: number): void {
    // what waits for a thread is not slow itself
    if (this.context.isQueued(operation.entry)) operation.sinceMs = nowMs;
    else if (this.slowMs > 0 && this.context.freeMs(operation.sinceMs, nowMs) >= this.slowMs)
      this.tell(operation, nowMs, true);
  }

  private tell(operation: Operation, nowMs: number, ongoing: boolean): void {
    operation.isTold = true;
    const { entry, sinceMs } = operation;
    const durationMs = this.context.freeMs(sinceMs, nowMs);
    const frame = this.context.place(entry) ?? operation.frame;
    if (frame) operation.frame = frame;
    const what = entryNames(entry).name;
    this.warnings.report({
      kind: 'slowOperation',
      key: frame ? `${entry.type} ${frame.url}:${frame.line}` : entry.type,
      id: entry.id,
      durationMs,
      ongoing,
      what,
      text: (now) =>
        now
          ? t('{0} has taken {1}', what, durationText(durationMs))
          : t('{0} took {1}', what, durationText(durationMs)),
      frame,
      entry: entry.id,
    });
  }

  private lookAtPool(nowMs: number): void {
    const size = this.context.poolSize();
    const waiting = [...this.operations.values()].filter(({ entry }) => this.context.isQueued(entry));
    const inPool = [...this.operations.values()].filter(({ pool }) => pool).length;
    if (this.slowMs <= 0 || inPool <= size || waiting.length === 0) {
      // switched off: only what was told has an end
      if (this.slowMs > 0 || this.fullCount > 0) this.tellOfPool(nowMs, waiting, false);
      this.fullSinceMs = undefined;
      return;
    }
    this.fullSinceMs ??= nowMs;
    this.tellOfPool(nowMs, waiting, true);
  }

  private tellOfPool(nowMs: number, waiting: readonly Operation[], ongoing: boolean): void {
    if (this.fullSinceMs === undefined) return;
    const durationMs = this.context.freeMs(this.fullSinceMs, nowMs);
    if (durationMs < this.slowMs) return;
    if (ongoing) this.fullCount = Math.max(this.fullCount, waiting.length);
    const size = formatCount(this.context.poolSize());
    const count = formatCount(this.fullCount);
    this.warnings.report({
      kind: 'threadPool',
      key: '',
      id: this.fullSinceMs,
      durationMs,
      ongoing,
      text: (now) =>
        now
          ? t(
              'All {0} threads of the pool have been busy for {1}, and up to {2} operations waited',
              size,
              durationText(durationMs),
              count,
            )
          : t(
              'All {0} threads of the pool were busy for {1}, and up to {2} operations waited',
              size,
              durationText(durationMs),
              count,
            ),
      frame: waiting[0] && this.context.place(waiting[0].entry),
    });
    if (!ongoing) this.fullCount = 0;
  }
}

interface Operation {
  entry: WireEntry;
  /** It has had a thread since then at the earliest. */
  sinceMs: number;
  isTold: boolean;
  pool: boolean;
  /** As it was known while those that wait for it were. */
  frame?: WireFrame;
}

const MAX_OPERATIONS = 10_000;
