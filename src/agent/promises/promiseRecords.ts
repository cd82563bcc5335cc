import { recentMs } from '../clocks/clock.js';
import { attachRecord, recordOf } from '../records/privateRecord.js';
import { type AsyncRecord, Flag, isTask, type Kind, type TaskRecord } from '../records/records.js';
import type { LiveList } from '../records/liveList.js';
import type { Executions } from './executions.js';
import type { Thenables } from './thenables.js';

/** Makes the records of promises, and knows which are missing. */
export class PromiseRecords {
  /** Some promises were not recorded. */
  hasMissed = false;
  /**
   * Promises without a parent that were not recorded and have not settled: at least so many. One of those with a parent
   * that settles is taken for one of these, since nothing tells them apart.
   */
  unrecorded = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly thenables: Thenables,
  ) {}
  create(kind: Kind, promise: object): AsyncRecord {
    const record = this.live.create(kind, recentMs(), promise, this.executions.origin);
    attachRecord(promise, record);
    if (this.executions.open === null) this.thenables.add(record);
    return record;
  }

  createTask(kind: Kind, promise: object): TaskRecord {
    const record = this.live.createTask(kind, recentMs(), promise, this.executions.origin);
    attachRecord(promise, record);
    return record;
  }

  /** Something that it waits for was not recorded. */
  markIncomplete(record: AsyncRecord | null): void {
    if (record === null || (record.flags & (Flag.Ended | Flag.Unknown)) !== 0) return;
    record.flags |= Flag.Unknown;
    this.live.markDirty(record);
  }
}

/** Nothing is known any more of what was there when the hooks were taken away. */
export function known<R extends AsyncRecord>(record: R | null): R | null {
  return record !== null && (record.flags & Flag.Forgotten) !== 0 ? null : record;
}

export function parentOf(from: object | undefined): AsyncRecord | null {
  return from === undefined ? null : known(recordOf(from));
}

export function hasEnded(record: AsyncRecord): boolean {
  return (record.flags & Flag.Ended) !== 0;
}

/** The promise was made for the value or thenable that is awaited. */
export function isAwaitedValue(record: AsyncRecord | null): boolean {
  return record !== null && (record.flags & Flag.AwaitedValue) !== 0;
}

/** The task for whose await of a value or thenable the promise was made. */
export function awaiterOf(record: AsyncRecord | null): TaskRecord | null {
  const task = record !== null && isAwaitedValue(record) ? record.link : null;
  return task !== null && isTask(task) ? task : null;
}
