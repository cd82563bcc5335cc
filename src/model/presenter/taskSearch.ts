import type { Task } from '../../protocol/snapshot.js';
import type { IndexedTask } from './indexedTask.js';
import type { TaskChanges } from './indexedTasks.js';
import type { TaskFilter } from './taskFilter.js';
import type { TaskView } from './taskTexts.js';

/**
 * Which tasks a filter asks for, and which lead to them. After a change it looks again at what has changed and at what
 * leads to that: their texts tell of it.
 */
export class TaskSearch {
  private readonly number = ++searches;

  constructor(
    private readonly filter: TaskFilter,
    private readonly view: TaskView,
  ) {}

  matches(task: Task): boolean {
    const one = this.view.index.find(task.id);
    return one !== undefined && this.isMatch(one);
  }

  /** It matches, or something that stands below it does. */
  keeps(task: Task): boolean {
    const one = this.view.index.find(task.id);
    return one !== undefined && this.isKept(one);
  }

  /** It has what must not be: then it is not shown below a task that matches either. */
  excludes(task: Task): boolean {
    return this.filter.excludes(task, this.view);
  }

  isMatch(one: IndexedTask): boolean {
    return this.hasSeen(one) && one.isMatch;
  }

  isKept(one: IndexedTask): boolean {
    return this.hasSeen(one) && one.isKept;
  }

  /** Looks at one for the first time, and tells which are kept because of it. */
  look(one: IndexedTask): readonly IndexedTask[] {
    if (this.hasSeen(one)) return NONE;
    this.judge(one);
    return one.isMatch ? this.keep(one) : NONE;
  }

  /** Tells which may be found now, or found no more. `requests`: other tasks than before stand below them. */
  update({ changed, relinked }: TaskChanges, requests: readonly IndexedTask[]): Iterable<IndexedTask> {
    const affected = this.above([...changed, ...relinked, ...requests]);
    for (const one of affected) this.judge(one);
    for (const one of affected) {
      const leads = (next: IndexedTask): boolean => this.isKept(next) && !affected.has(next);
      if (one.isMatch || this.view.index.comingFrom(one).some(leads)) this.keep(one);
    }
    return affected;
  }

  private hasSeen(one: IndexedTask): boolean {
    return one.searchedBy === this.number;
  }

  private judge(one: IndexedTask): void {
    one.searchedBy = this.number;
    one.isMatch = this.filter.matches(one.task, this.view);
    one.isKept = false;
  }

  /** And all that lead to it. */
  private keep(one: IndexedTask): IndexedTask[] {
    const kept: IndexedTask[] = [];
    const pending = [one];
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (!this.hasSeen(next)) this.judge(next);
      if (next.isKept) continue;
      next.isKept = true;
      kept.push(next);
      // there may be a million, too many for arguments
      for (const leading of this.view.index.leadingTo(next)) pending.push(leading);
    }
    return kept;
  }

  /** These and all that lead to them. */
  private above(tasks: readonly IndexedTask[]): Set<IndexedTask> {
    const found = new Set(tasks);
    for (const one of found) for (const next of this.view.index.leadingTo(one)) found.add(next);
    return found;
  }
}

const NONE: readonly IndexedTask[] = [];
let searches = 0;
