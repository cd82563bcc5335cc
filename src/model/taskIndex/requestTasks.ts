import type { Task } from '../../protocol/snapshot.js';
import { SortedMap } from '../sortedMap.js';
import { isEnded, isOrigin } from '../tasks/taskKinds.js';
import type { IndexedTask } from './indexedTask.js';
import type { TaskChanges } from './indexedTasks.js';
import type { RootTask } from './topLevelTasks.js';

/**
 * Which tasks were begun by which HTTP request, directly or through others. Only what has changed is looked at, and
 * what came from a task that has gone.
 */
export class RequestTasks {
  /** By request. */
  private readonly begun = new Map<IndexedTask, Begun>();
  /**
   * By the id of what created them: tasks that have ended, of which that may become known later than they. What goes on
   * never does.
   */
  private readonly ended = new Map<string, Set<IndexedTask>>();
  /** Tasks that others came from and that may change or go now, as they were. */
  private left: { one: IndexedTask; task: Task }[] = [];

  /** `change`: gives a task another origin. */
  constructor(
    private readonly get: (id: string) => IndexedTask | undefined,
    private readonly change: (one: IndexedTask, origin: IndexedTask | undefined) => void,
  ) {}

  /** Those of its tasks that nobody waits for, in the order of the snapshot. */
  rootsOf(request: IndexedTask): SortedMap<IndexedTask> {
    return this.begun.get(request)?.roots ?? NONE;
  }

  /** Of a request's tasks. */
  addRoot(request: IndexedTask, root: RootTask): void {
    this.begun.get(request)?.roots.set(root.place, root);
  }

  deleteRoot(request: IndexedTask, root: RootTask): void {
    this.begun.get(request)?.roots.delete(root.place);
  }

  /** A task is about to change, to move or to go. */
  leave(one: IndexedTask): void {
    const { task } = one;
    if (this.begun.get(one.origin ?? one)?.creators.has(task.id)) this.left.push({ one, task });
    const { createdBy = '' } = task;
    const ended = this.ended.get(createdBy);
    if (ended?.delete(one) && ended.size === 0) this.ended.delete(createdBy);
  }

  /** `hasRequests`: there are some now. */
  update({ changed, removed }: TaskChanges, hasRequests: boolean): void {
    for (const one of changed) if (isEnded(one.task)) this.keepEnded(one);
    if (!hasRequests && this.begun.size === 0) return;
    const unsettled = new Set(changed);
    for (const { one, task } of this.left) {
      if (this.isSameCreator(one, task)) continue;
      for (const other of this.begun.get(one.origin ?? one)?.tasks ?? []) unsettled.add(other);
    }
    this.left = [];
    for (const one of removed) {
      unsettled.delete(one);
      this.settle(one, undefined);
    }
    for (const { task } of unsettled) for (const one of this.ended.get(task.id) ?? []) unsettled.add(one);
    for (const one of unsettled) this.settle(one, this.originOf(one, unsettled));
  }

  private keepEnded(one: IndexedTask): void {
    const { createdBy } = one.task;
    if (createdBy === undefined) return;
    const ended = this.ended.get(createdBy) ?? new Set();
    this.ended.set(createdBy, ended.add(one));
  }

  /** What came from it still comes from where it did. */
  private isSameCreator(one: IndexedTask, before: Task): boolean {
    const { task } = one;
    return (
      this.get(before.id) === one &&
      task.createdBy === before.createdBy &&
      isOrigin(task) === isOrigin(before)
    );
  }

  /** The nearest request among those that created it; what is not `unsettled` knows its own already. */
  private originOf(one: IndexedTask, unsettled: ReadonlySet<IndexedTask>): IndexedTask | undefined {
    if (isOrigin(one.task)) return undefined;
    const way = new Set<IndexedTask>();
    for (let next = one; !way.has(next);) {
      way.add(next);
      const { createdBy } = next.task;
      const creator = createdBy === undefined ? undefined : this.get(createdBy);
      if (!creator) return undefined;
      if (isOrigin(creator.task)) return creator;
      if (!unsettled.has(creator)) return creator.origin;
      next = creator;
    }
    return undefined;
  }

  private settle(one: IndexedTask, origin: IndexedTask | undefined): void {
    const { origin: before } = one;
    const to = origin && this.begunBy(origin);
    const { createdBy } = one.task;
    if (to && createdBy !== undefined) to.creators.add(createdBy);
    if (before === origin) return;
    to?.tasks.add(one);
    this.change(one, origin);
    const from = before && this.begun.get(before);
    from?.tasks.delete(one);
    if (before && from?.tasks.size === 0) this.begun.delete(before);
  }

  private begunBy(request: IndexedTask): Begun {
    let begun = this.begun.get(request);
    if (!begun)
      this.begun.set(request, (begun = { tasks: new Set(), creators: new Set(), roots: new SortedMap() }));
    return begun;
  }
}

/** What a request has begun. */
interface Begun {
  readonly tasks: Set<IndexedTask>;
  /** Ids of the tasks that they came from, also of some that have gone. */
  readonly creators: Set<string>;
  readonly roots: SortedMap<IndexedTask>;
}

const NONE = new SortedMap<IndexedTask>();
