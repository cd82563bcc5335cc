import { SortedMap } from '../sortedMap.js';
import { isEnded } from '../tasks/taskKinds.js';
import type { IndexedTask } from './indexedTask.js';

/** Tasks of all ages, the oldest first and what has ended last; handles are left out. */
export class TasksByAge {
  /** How many there are of each name. */
  readonly names = new Map<string, number>();
  private readonly tasks = new SortedMap<IndexedTask>();

  get size(): number {
    return this.tasks.size;
  }

  add(place: number, one: IndexedTask): void {
    if (one.task.kind === 'handle') return;
    this.tasks.set(place, one);
    this.count(one.task.name, 1);
  }

  delete(place: number, one: IndexedTask): void {
    if (this.tasks.delete(place)) this.count(one.task.name, -1);
  }

  /** Nearly all stand in the order of their birth already: only among the first their ages are compared. */
  *[Symbol.iterator](): Iterator<IndexedTask> {
    const first: IndexedTask[] = [];
    const rest = this.tasks[Symbol.iterator]();
    while (first.length < MAX_COMPARED) {
      const next = rest.next();
      if (next.done === true) break;
      first.push(next.value);
    }
    yield* first.sort(
      ({ task: a }, { task: b }) => Number(isEnded(a)) - Number(isEnded(b)) || b.ageMs - a.ageMs,
    );
    for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
  }

  private count(name: string, by: number): void {
    const count = (this.names.get(name) ?? 0) + by;
    if (count === 0) this.names.delete(name);
    else this.names.set(name, count);
  }
}

/** More than the rows of one level. */
const MAX_COMPARED = 5_000;
