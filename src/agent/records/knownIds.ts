import type { AsyncRecord } from './records.js';

/** A power of two. */
const BUCKETS = 4_096;

/**
 * Records by async id. Most ids that are asked for are those of promises and ticks, which are not here: a table
 * of counts says so sooner than a map could.
 */
export class KnownIds {
  private readonly records = new Map<number, AsyncRecord>();
  private readonly counts = new Uint32Array(BUCKETS);

  get(asyncId: number): AsyncRecord | undefined {
    return this.counts[asyncId & (BUCKETS - 1)] === 0 ? undefined : this.records.get(asyncId);
  }

  set(asyncId: number, record: AsyncRecord): void {
    if (!this.records.has(asyncId)) this.count(asyncId, 1);
    this.records.set(asyncId, record);
  }

  delete(asyncId: number): void {
    if (this.records.delete(asyncId)) this.count(asyncId, -1);
  }

  clear(): void {
    this.records.clear();
    this.counts.fill(0);
  }

  private count(asyncId: number, by: number): void {
    const bucket = asyncId & (BUCKETS - 1);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + by;
  }
}
