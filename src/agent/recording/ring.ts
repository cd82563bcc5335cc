import { ROW_NUMBERS, type SentPart } from '../../protocol/recording.js';

const CHUNK_ROWS = 2 ** 14;
const CHUNK_NUMBERS = CHUNK_ROWS * ROW_NUMBERS;
const CHUNKS = 32;
/** So many rows are kept at most. */
export const RING_ROWS = CHUNK_ROWS * CHUNKS;
/** A chunk is closed after so long: its times have 32 bits. */
const CHUNK_MS = 600_000;

/** Writes whole numbers as text. */
export interface RowWriter {
  put(value: number): void;
  take(): string;
}

/**
 * Rows of four numbers in a ring of a fixed size, which is taken chunk by chunk as it is needed: 256 KB each, 8 MB at
 * most. Nothing is allocated for a row.
 */
export class Ring {
  private readonly chunks: Int32Array[] = [];
  /** `clockUs()` and the agent's clock when each chunk was begun, and how many rows are in it. */
  private readonly startsUs: number[] = [];
  private readonly startsMs: number[] = [];
  private readonly ends: number[] = [];
  /** Number of the first row in each. */
  private readonly firsts: number[] = [];
  private chunk: Int32Array = new Int32Array(0);
  private at = 0;
  private limit = 0;
  /** Of the chunk that is being filled. */
  private current = -1;
  private rows = 0;

  constructor(private readonly numbers: RowWriter) {}

  put(head: number, id: number, us: number, value: number): void {
    if (this.at === this.limit) return;
    const { chunk, at } = this;
    chunk[at] = head;
    chunk[at + 1] = id;
    chunk[at + 2] = us;
    chunk[at + 3] = value;
    this.at = at + ROW_NUMBERS;
  }

  /** Must be asked before rows are put: makes room where there is none, or where the chunk has become old. */
  isFull(): boolean {
    return this.at === this.limit;
  }

  isOld(atMs: number): boolean {
    return this.current >= 0 && atMs - (this.startsMs[this.current] as number) > CHUNK_MS;
  }

  /** The rows that follow go into a fresh chunk, or into the oldest one. */
  begin(us: number, atMs: number): void {
    this.close();
    const next = (this.current + 1) % CHUNKS;
    this.chunk = this.chunks[next] ??= new Int32Array(CHUNK_NUMBERS);
    this.current = next;
    this.at = 0;
    this.limit = CHUNK_NUMBERS;
    this.startsUs[next] = us;
    this.startsMs[next] = atMs;
    this.firsts[next] = this.rows;
    this.ends[next] = 0;
  }

  private close(): void {
    if (this.current < 0) return;
    const count = this.at / ROW_NUMBERS;
    this.rows = (this.firsts[this.current] as number) + count;
    this.ends[this.current] = count;
  }

  clear(): void {
    this.chunks.length =
      this.startsUs.length =
      this.startsMs.length =
      this.firsts.length =
      this.ends.length =
        0;
    this.chunk = new Int32Array(0);
    this.at = this.limit = this.rows = 0;
    this.current = -1;
  }

  /**
   * Up to `limit` rows from the row `from` on, of chunks that ended after `sinceMs`; from the first one on where there are
   * not so many yet.
   */
  read(
    asked: number,
    limit: number,
    sinceMs: number,
  ): { first: number; next: number; more: boolean; parts: SentPart[] } {
    this.close();
    const parts: SentPart[] = [];
    const all = this.rows;
    const from = asked > all ? 0 : asked;
    let first = -1;
    let next = from;
    let left = limit;
    for (let age = 1; age <= this.chunks.length && left > 0; age++) {
      // the one after the current is the oldest
      const index = (this.current + age) % this.chunks.length;
      const begin = this.firsts[index] as number;
      const end = begin + (this.ends[index] as number);
      const endedMs =
        index === this.current ? Infinity : (this.startsMs[(index + 1) % this.chunks.length] as number);
      if (end <= from || endedMs < sinceMs) continue;
      const start = Math.max(from, begin);
      const stop = Math.min(end, start + left);
      if (first < 0) first = start;
      parts.push({
        startMs: this.startsMs[index] as number,
        rows: this.text(index, start - begin, stop - begin),
      });
      left -= stop - start;
      next = stop;
    }
    if (first < 0) first = next = Math.max(from, all);
    return { first, next, more: next < all, parts };
  }

  private text(index: number, start: number, stop: number): string {
    const chunk = this.chunks[index] as Int32Array;
    const startUs = this.startsUs[index] as number;
    const { numbers } = this;
    for (let at = start * ROW_NUMBERS; at < stop * ROW_NUMBERS; at += ROW_NUMBERS) {
      numbers.put((chunk[at] as number) >>> 0);
      numbers.put((chunk[at + 1] as number) >>> 0);
      // what began a little before its chunk
      numbers.put(Math.max(0, ((chunk[at + 2] as number) - startUs) | 0));
      numbers.put((chunk[at + 3] as number) >>> 0);
    }
    return numbers.take();
  }
}
