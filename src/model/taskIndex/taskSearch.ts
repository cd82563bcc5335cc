import type { Task } from '../../protocol/snapshot.js';
import type { IndexedTask } from './indexedTask.js';
import type { TaskChanges } from './indexedTasks.js';
import type { TaskLookup } from './taskLookup.js';

/** What is searched for. */
export interface Asked {
  /** The same text where the same is asked for. */
  readonly key: string;
  matches(task: Task): boolean;
  /** It has what must not be. */
  excludes(task: Task): boolean;
}

/**
 * Which tasks are asked for, and which lead to them. After a change it looks again at what has changed and at what
 * leads to that: their texts tell of it.
 */
export class TaskSearch {
  private readonly number = ++searches;

  constructor(
    private readonly index: TaskLookup,
    private readonly asked: Asked,
  ) {}

  matches(task: Task): boolean {
    const one = this.index.find(task.id);
    return one !== undefined && this.isMatch(one);
  }

  /** It matches, or something that stands below it does. */
  keeps(task: Task): boolean {
    const one = this.index.find(task.id);
    return one !== undefined && this.isKept(one);
  }

  /** It has what must not be: then it is not shown below a task that matches either. */
  excludes(task: Task): boolean {
    return this.asked.excludes(task);
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
      if (one.isMatch || this.index.comingFrom(one).some(leads)) this.keep(one);
    }
    return affected;
  }

  private hasSeen(one: IndexedTask): boolean {
    return one.searchedBy === this.number;
  }

  private judge(one: IndexedTask): void {
    one.searchedBy = this.number;
    one.isMatch = this.asked.matches(one.task);
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
      for (const leading of this.index.leadingTo(next)) pending.push(leading);
    }
    return kept;
  }

  /** These and all that lead to them. */
  private above(tasks: readonly IndexedTask[]): Set<IndexedTask> {
    const found = new Set(tasks);
    for (const one of found) for (const next of this.index.leadingTo(one)) found.add(next);
    return found;
  }
}

const NONE: readonly IndexedTask[] = [];
let searches = 0;
