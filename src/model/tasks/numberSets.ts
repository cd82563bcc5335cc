import { IdMap } from '../idMap.js';

/** Sets of whole numbers, each found by a whole number. Most have one member: these need no set of their own. */
export class NumberSets {
  private readonly sets = new IdMap<number | Set<number>>();

  /** How far the keys are spread, as an `IdMap` tells it. */
  get spread(): number {
    return this.sets.spread;
  }

  /** Nothing where there is no such set. */
  members(key: number): Iterable<number> {
    const found = this.sets.get(key);
    if (found === undefined) return NOTHING;
    return typeof found === 'number' ? [found] : found;
  }

  count(key: number): number {
    const found = this.sets.get(key);
    if (found === undefined) return 0;
    return typeof found === 'number' ? 1 : found.size;
  }

  /** False: it was there. */
  add(key: number, member: number): boolean {
    const found = this.sets.get(key);
    if (typeof found === 'object') {
      if (found.has(member)) return false;
      found.add(member);
      return true;
    }
    if (found === member) return false;
    this.sets.set(key, found === undefined ? member : new Set([found, member]));
    return true;
  }

  /** False: it was not there. */
  delete(key: number, member: number): boolean {
    const found = this.sets.get(key);
    if (typeof found !== 'object') return found === member && this.sets.delete(key);
    if (!found.delete(member)) return false;
    if (found.size === 0) this.sets.delete(key);
    return true;
  }

  /** Takes the whole set away. */
  clear(key: number): void {
    this.sets.delete(key);
  }
}

const NOTHING: readonly number[] = [];
