import type { TaskPieces } from '../tasks/taskHistory.js';
import type { IndexedTask } from './indexedTask.js';
import { countOf, placeOf, type TaskChanges } from './indexedTasks.js';
import type { Listed } from './listing.js';
import { isAtTop, type RootTask } from './topLevelTasks.js';
import { TaskCursor } from './taskCursor.js';
import type { TaskLookup } from './taskLookup.js';
import type { TaskSearch } from './taskSearch.js';

/** What is shown at the top of a process. */
export interface Selection {
  readonly listed: Listed;
  /** Absent where all are shown. */
  readonly search?: TaskSearch | undefined;
  /** Share of the tasks that were looked at; absent when these are all. */
  readonly progress?: number | undefined;
}

/**
 * The tasks that a search finds, as a grouping lists them. At first it looks at all tasks, step by step; from then on at
 * what has changed.
 */
export class TaskSelection implements Selection {
  private readonly number = ++selections;
  private unseen: TaskCursor | undefined;
  private seen = 0;
  private readonly total: number;
  /** Since the last update: what stands at the top now, and requests below which other tasks stand. */
  private entered: IndexedTask[] = [];
  private requests = new Set<IndexedTask>();

  constructor(
    private readonly index: TaskLookup,
    readonly listed: Listed,
    readonly search: TaskSearch | undefined,
    tasks: TaskPieces,
  ) {
    this.unseen = new TaskCursor(tasks);
    this.total = countOf(tasks);
  }

  get progress(): number | undefined {
    return this.unseen && this.seen / this.total;
  }

  /** Looks at so many more. */
  processNextBatch(most: number): void {
    for (let left = most; left > 0 && this.unseen; left--) {
      const task = this.unseen.take();
      const one = task && this.index.find(task.id);
      this.seen++;
      if (one) this.look(one);
      if (!this.unseen.task) this.unseen = undefined;
    }
  }

  /** A task is about to change, to move or to go. */
  leave(one: IndexedTask): void {
    if (one.listedBy !== this.number) return;
    one.listedBy = 0;
    this.listed.tasks.delete(this.placeOf(one), one);
  }

  /** A task stands at the top now, or below a request. */
  enterTop(root: RootTask, request: IndexedTask | undefined): void {
    if (request) this.requests.add(request);
    else if (this.listed.by === 'awaits') this.entered.push(root);
  }

  /** It is about to stand there no more. */
  leaveTop(root: RootTask, request: IndexedTask | undefined): void {
    if (request) this.requests.add(request);
    else if (this.listed.by === 'awaits') this.leave(root);
  }

  update(changes: TaskChanges): void {
    const { entered } = this;
    const requests = this.index.indexedOf([...this.requests].map(({ task }) => task));
    this.entered = [];
    this.requests = new Set();
    for (const one of this.search?.update(changes, requests) ?? changes.changed) this.settle(one);
    for (const one of entered) this.settle(one);
  }

  private look(one: IndexedTask): void {
    if (!this.search) this.settle(one);
    else for (const found of this.search.look(one)) this.settle(found);
  }

  private settle(one: IndexedTask): void {
    if (!this.isListed(one)) {
      this.leave(one);
    } else if (one.listedBy !== this.number) {
      one.listedBy = this.number;
      this.listed.tasks.add(this.placeOf(one), one);
    }
  }

  private isListed(one: IndexedTask): boolean {
    const { search } = this;
    return this.listed.by === 'awaits'
      ? isAtTop(one) && search?.isKept(one) !== false
      : !one.isHidden && search?.isMatch(one) !== false;
  }

  private placeOf(one: IndexedTask): number {
    return this.listed.by === 'awaits' ? (one.place ?? 0) : placeOf(one);
  }
}

let selections = 0;
