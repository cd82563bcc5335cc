import { SortedMap } from '../sortedMap.js';
import { ageAt } from '../tasks/taskAge.js';
import type { IndexedTask } from './indexedTask.js';

/** Many tasks of the same function that wait at the same place. */
export class EqualTasks {
  /** By their places among all. */
  readonly tasks = new SortedMap<IndexedTask>();
  /** Those that are older than the one before them; `undefined` until it matters. */
  private older: Map<number, IndexedTask> | undefined;

  /** `first`: the one at the first place; when all have gone the last that was. */
  constructor(public first: IndexedTask) {}

  get size(): number {
    return this.tasks.size;
  }

  set(place: number, one: IndexedTask): void {
    this.tasks.set(place, one);
    this.hasChanged(place);
  }

  delete(place: number): void {
    this.tasks.delete(place);
    this.hasChanged(place);
  }

  /** The age of the oldest. It is the first, as a rule, or else older than the one before it: all grow older together. */
  oldestMs(atMs?: number): number {
    this.older ??= this.findOlder();
    let oldestMs = ageAt(this.first.task, atMs);
    for (const { task } of this.older.values()) oldestMs = Math.max(oldestMs, ageAt(task, atMs));
    return oldestMs;
  }

  private findOlder(): Map<number, IndexedTask> {
    const older = new Map<number, IndexedTask>();
    let beforeMs = Infinity;
    this.tasks.forEach((one, place) => {
      const { ageMs } = one.task;
      if (ageMs > beforeMs) older.set(place, one);
      beforeMs = ageMs;
    });
    return older;
  }

  private hasChanged(place: number): void {
    this.first = this.tasks.first ?? this.first;
    this.compare(place);
    const next = this.tasks.keyAfter(place);
    if (next !== undefined) this.compare(next);
  }

  private compare(place: number): void {
    if (!this.older) return;
    const one = this.tasks.get(place);
    const before = this.tasks.before(place);
    if (one && before && one.task.ageMs > before.task.ageMs) this.older.set(place, one);
    else this.older.delete(place);
  }
}
