/**
 * Values by ids, which are whole numbers that follow each other. Smaller and faster than a map where there are very
 * many, and it never stands still to grow.
 */
export class IdMap<T> {
  size = 0;
  private readonly chunks = new Map<number, Chunk<T>>();

  /** How far its ids are spread: it keeps places for so many groups of them, also where each has one only. */
  get spread(): number {
    return this.chunks.size;
  }

  get(id: number): T | undefined {
    return this.chunks.get(Math.floor(id / CHUNK))?.values[id % CHUNK];
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  set(id: number, value: T): void {
    const at = Math.floor(id / CHUNK);
    let chunk = this.chunks.get(at);
    if (!chunk) this.chunks.set(at, (chunk = { size: 0, values: new Array<T | undefined>(CHUNK) }));
    if (chunk.values[id % CHUNK] === undefined) {
      chunk.size++;
      this.size++;
    }
    chunk.values[id % CHUNK] = value;
  }

  /** False: it was not there. */
  delete(id: number): boolean {
    const at = Math.floor(id / CHUNK);
    const chunk = this.chunks.get(at);
    if (chunk?.values[id % CHUNK] === undefined) return false;
    this.size--;
    if (--chunk.size === 0) this.chunks.delete(at);
    else chunk.values[id % CHUNK] = undefined;
    return true;
  }

  /** In the order of their ids, as far as they came in that order. */
  *values(): Generator<T> {
    for (const { values } of this.chunks.values())
      for (const value of values) if (value !== undefined) yield value;
  }
}

interface Chunk<T> {
  size: number;
  readonly values: (T | undefined)[];
}

/** One that lives long keeps no more than so many places for others that are gone. */
const CHUNK = 32;
