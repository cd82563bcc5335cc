/** Values in the order of their numbers. To add one or to take it away costs little, however many there are. */
export class SortedMap<T> {
  size = 0;
  /** None is empty. */
  private chunks: Chunk<T>[] = [];

  get(key: number): T | undefined {
    const chunk = this.chunks[this.chunkOf(key)];
    if (!chunk) return undefined;
    const at = positionOf(chunk.keys, key);
    return chunk.keys[at] === key ? chunk.values[at] : undefined;
  }

  get firstKey(): number | undefined {
    return this.chunks[0]?.keys[0];
  }

  get first(): T | undefined {
    return this.chunks[0]?.values[0];
  }

  set(key: number, value: T): void {
    const chunkAt = Math.min(this.chunkOf(key), this.chunks.length - 1);
    const chunk = this.chunks[chunkAt];
    if (!chunk) {
      this.chunks.push({ keys: [key], values: [value], isShared: false });
      this.size++;
      return;
    }
    const { keys } = chunk;
    const at = positionOf(keys, key);
    if (keys[at] === key) {
      ownValues(chunk)[at] = value;
      return;
    }
    this.size++;
    if (keys.length < MAX_CHUNK) {
      keys.splice(at, 0, key);
      ownValues(chunk).splice(at, 0, value);
      return;
    }
    // What grows at its end leaves full chunks behind.
    const half = at === keys.length ? at : keys.length >> 1;
    const upper = { keys: keys.splice(half), values: ownValues(chunk).splice(half), isShared: false };
    this.chunks.splice(chunkAt + 1, 0, upper);
    const target = at < half ? chunk : upper;
    const targetAt = at < half ? at : at - half;
    target.keys.splice(targetAt, 0, key);
    target.values.splice(targetAt, 0, value);
  }

  delete(key: number): boolean {
    const chunkAt = this.chunkOf(key);
    const chunk = this.chunks[chunkAt];
    if (!chunk) return false;
    const at = positionOf(chunk.keys, key);
    if (chunk.keys[at] !== key) return false;
    this.size--;
    chunk.keys.splice(at, 1);
    ownValues(chunk).splice(at, 1);
    this.merge(chunkAt);
    return true;
  }

  /** The value of the next smaller number. */
  before(key: number): T | undefined {
    const chunkAt = this.chunkOf(key);
    const chunk = this.chunks[chunkAt];
    const at = chunk ? positionOf(chunk.keys, key) : 0;
    return at > 0 ? chunk?.values[at - 1] : this.chunks[chunkAt - 1]?.values.at(-1);
  }

  keyAfter(key: number): number | undefined {
    const chunkAt = this.chunkOf(key);
    const keys = this.chunks[chunkAt]?.keys ?? [];
    const at = positionOf(keys, key);
    return keys[keys[at] === key ? at + 1 : at] ?? this.chunks[chunkAt + 1]?.keys[0];
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const { values } of this.chunks) yield* values;
  }

  /** Much faster than an iterator where there are very many. */
  forEach(act: (value: T, key: number) => void): void {
    for (const { keys, values } of this.chunks)
      for (let at = 0; at < keys.length; at++) act(values[at] as T, keys[at] as number);
  }

  /** All values in pieces that do not change any more: of those of the last time, only what changed since is copied. */
  pieces(): (readonly T[])[] {
    return this.chunks.map((chunk) => {
      chunk.isShared = true;
      return chunk.values;
    });
  }

  /** Position of the first chunk that ends with the key or later. */
  private chunkOf(key: number): number {
    const { chunks } = this;
    let from = 0;
    let to = chunks.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((chunks[middle]?.keys.at(-1) ?? Infinity) < key) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Puts a chunk that has become small together with the next one, so that there are never many. */
  private merge(chunkAt: number): void {
    const chunk = this.chunks[chunkAt];
    const next = this.chunks[chunkAt + 1];
    if (chunk?.keys.length === 0) {
      this.chunks.splice(chunkAt, 1);
    } else if (chunk && next && chunk.keys.length + next.keys.length <= MAX_CHUNK >> 1) {
      this.chunks.splice(chunkAt, 2, {
        keys: [...chunk.keys, ...next.keys],
        values: [...chunk.values, ...next.values],
        isShared: false,
      });
    }
  }
}

interface Chunk<T> {
  readonly keys: number[];
  values: T[];
  /** Somebody else has the values as well. */
  isShared: boolean;
}

/** Those that may be changed. */
function ownValues<T>(chunk: Chunk<T>): T[] {
  if (chunk.isShared) {
    chunk.values = [...chunk.values];
    chunk.isShared = false;
  }
  return chunk.values;
}

const MAX_CHUNK = 128;

/** Where a key stands among others, or would. */
function positionOf(keys: readonly number[], key: number): number {
  let from = 0;
  let to = keys.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((keys[middle] ?? Infinity) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
