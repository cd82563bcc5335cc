import { SortedMap } from '../sortedMap.js';
import { EqualTasks } from './equalTasks.js';
import type { IndexedTask } from './indexedTask.js';
import type { GroupingKey } from './groupingKeys.js';

/**
 * Siblings in their order. Tasks of the same function that wait at the same place stand together where there are three
 * or more of them, at the place of the first; the others stay alone.
 */
export class CollapsedTasks {
  size = 0;
  private readonly byName = new Map<string, SameName>();
  private readonly rows = new SortedMap<IndexedTask | EqualTasks>();

  static of(tasks: readonly IndexedTask[]): CollapsedTasks {
    const collapsed = new CollapsedTasks();
    for (const [place, one] of tasks.entries()) collapsed.add(place, one);
    return collapsed;
  }

  /** `place`: a number of its own, in the order of the siblings. */
  add(place: number, one: IndexedTask): void {
    const { name } = one.look;
    const same: SameName = this.byName.get(name) ?? { size: 0, alone: new Map() };
    this.byName.set(name, same);
    this.size++;
    if (same.size++ === MAX_APART) this.gather(same);
    if (same.byLook) this.join(same.byLook, place, one);
    else this.stand(same.alone, place, one);
  }

  delete(place: number, one: IndexedTask): void {
    const { name } = one.look;
    const same = this.byName.get(name);
    if (!same) return;
    this.size--;
    if (same.byLook) this.leave(same.byLook, place, one);
    else if (same.alone.delete(place)) this.rows.delete(place);
    if (--same.size === MAX_APART) this.expand(same);
    if (same.size === 0) this.byName.delete(name);
  }

  /** Those that are few are told one by one. */
  *[Symbol.iterator](): Iterator<IndexedTask | EqualTasks> {
    for (const one of this.rows) {
      if (one instanceof EqualTasks && one.size <= MAX_APART) yield* one.tasks;
      else yield one;
    }
  }

  private stand(alone: SameName['alone'], place: number, one: IndexedTask): void {
    alone.set(place, one);
    this.rows.set(place, one);
  }

  private join(byLook: Map<GroupingKey, EqualTasks>, place: number, one: IndexedTask): void {
    const equal = byLook.get(one.look) ?? new EqualTasks(one);
    byLook.set(one.look, equal);
    this.moving(equal, () => equal.set(place, one));
  }

  private leave(byLook: Map<GroupingKey, EqualTasks>, place: number, { look }: IndexedTask): void {
    const equal = byLook.get(look);
    if (!equal) return;
    this.moving(equal, () => equal.delete(place));
    if (equal.size === 0) byLook.delete(look);
  }

  /** They stand where the first one does. */
  private moving(equal: EqualTasks, change: () => void): void {
    const before = equal.tasks.firstKey;
    change();
    const after = equal.tasks.firstKey;
    if (before === after) return;
    if (before !== undefined) this.rows.delete(before);
    if (after !== undefined) this.rows.set(after, equal);
  }

  private gather(same: SameName): void {
    const byLook = (same.byLook = new Map<GroupingKey, EqualTasks>());
    for (const place of same.alone.keys()) this.rows.delete(place);
    for (const [place, one] of same.alone) this.join(byLook, place, one);
    same.alone.clear();
  }

  private expand(same: SameName): void {
    for (const { tasks } of same.byLook?.values() ?? []) {
      if (tasks.firstKey !== undefined) this.rows.delete(tasks.firstKey);
      tasks.forEach((one, place) => this.stand(same.alone, place, one));
    }
    delete same.byLook;
  }
}

/** Tasks of one name: each by its place while they are few, else by how they look. */
interface SameName {
  size: number;
  readonly alone: Map<number, IndexedTask>;
  byLook?: Map<GroupingKey, EqualTasks>;
}

/** As many equal siblings are shown one by one. */
const MAX_APART = 2;
