import type { WireEntry } from '../../protocol/wire.js';

/**
 * Promises that were garbage-collected while they were pending: nothing referred to them any more, so nothing will ever
 * settle them. Kept are async functions, of which each await line has room for a few, and what somebody still waits for.
 */
export class CollectedEntries {
  /** Of those that are kept, whether it is for their own sake. */
  private readonly kept = new Map<number, boolean>();
  /** By function and await line. */
  private readonly lines = new Map<string, Line>();

  get size(): number {
    return this.kept.size;
  }

  has(id: number): boolean {
    return this.kept.has(id);
  }

  /** It is kept only while somebody waits for it. */
  isHeld(id: number): boolean {
    return this.kept.get(id) === false;
  }

  /** False: it is not kept, at most counted. */
  keep(entry: WireEntry, isAwaited: boolean): boolean {
    const line = entry.kind === 'function' ? this.lineOf(entry) : undefined;
    const hasRoom = this.kept.size < MAX_KEPT;
    const own = hasRoom && line !== undefined && line.kept < MAX_OF_LINE;
    if (own) line.kept++;
    if (own && line.kept === 1) line.first = entry.id;
    if (own || (hasRoom && isAwaited)) this.kept.set(entry.id, own);
    else if (line) line.more++;
    return this.kept.has(entry.id);
  }

  /** Nobody waits for it any more. */
  letGo(entry: WireEntry): void {
    this.kept.delete(entry.id);
    if (entry.kind === 'function') this.lineOf(entry).more++;
  }

  /** Of the first one that is kept of a line: how many others are only counted. */
  more(entry: WireEntry): number {
    if (this.kept.get(entry.id) !== true) return 0;
    const line = this.lineOf(entry);
    return line.first === entry.id ? line.more : 0;
  }

  /** The one at which `entry`, which is not kept, is counted. */
  countedAt(entry: WireEntry): number {
    return entry.kind === 'function' ? this.lineOf(entry).first : 0;
  }

  private lineOf(entry: WireEntry): Line {
    const key = `${entry.site ?? 0} ${entry.await ?? 0}`;
    let line = this.lines.get(key);
    if (!line) {
      line = { first: 0, kept: 0, more: 0 };
      if (this.lines.size < MAX_KEPT) this.lines.set(key, line);
    }
    return line;
  }
}

interface Line {
  /** The first one of it. */
  first: number;
  kept: number;
  more: number;
}

/** Of one await line: enough to stand together in one row. */
const MAX_OF_LINE = 25;
const MAX_KEPT = 5_000;
