import { getHeapStatistics } from 'node:v8';

/** So many may always be held, and so many while there is room in the heap. */
const FEW = 256;
const MANY = 16_384;
/** Of the heap that the program may have. */
const FILLED_SHARE = 1 / 4;
/** While the limit is reached, the heap is looked at each time that so many more were made. */
const LOOK_EVERY = 1_024;

/** How many promises or resources may be held at once: they may take any amount of memory. */
export class HeldLimit {
  /** With more than that the limit is to be asked for. */
  next = FEW;
  private limit = MANY;
  private over = 0;

  /** The limit, where so many are held. */
  of(held: number): number {
    if (held > this.limit && this.over++ % LOOK_EVERY !== 0) return this.limit;
    this.limit = isHeapFilled() ? FEW : MANY;
    this.next = Math.max(FEW, Math.min(2 * held, this.limit));
    return this.limit;
  }

  /** The heap is to be looked at again. Returns `next`. */
  reset(): number {
    this.limit = MANY;
    return (this.next = FEW);
  }
}

export function isHeapFilled(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > limit * FILLED_SHARE;
}
