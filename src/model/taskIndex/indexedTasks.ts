import type { Task } from '../../protocol/snapshot.js';
import type { TaskPieces } from '../tasks/taskHistory.js';
import { isEnded, isOrigin } from '../tasks/taskKinds.js';
import type { HiddenFiles } from './hiddenFiles.js';
import { IndexedTask } from './indexedTask.js';
import { TaskCursor } from './taskCursor.js';
import { GroupingKeys } from './groupingKeys.js';
import { TasksById } from './tasksById.js';

/** What is other in a snapshot than in the one before. */
export interface TaskChanges {
  /** New tasks, and those that have changed or stand elsewhere; in the order of the snapshot. */
  readonly changed: readonly IndexedTask[];
  /** Those that wait for others than before, or are waited for by others: it may matter to what stands below them. */
  readonly relinked: readonly IndexedTask[];
  readonly removed: readonly IndexedTask[];
}

/** The tasks of one snapshot after the other: of the next one, only what has changed is looked at. */
export class IndexedTasks {
  /** How many requests there are, and how many calls that are shown and have not ended. */
  requests = 0;
  functions = 0;
  /** Those of the snapshot that it has learned. */
  pieces: TaskPieces = [];
  /** They are all. */
  isWhole = false;
  private readonly byId = new TasksById<IndexedTask>();
  private readonly looks = new GroupingKeys();
  /** The last number that was given to tell the order. */
  private orders = 0;

  /**
   * `hidden`: files whose tasks are not shown on their own; `undefined`: all are. `onLeave`: a task is about to change,
   * to move or to go.
   */
  constructor(
    private readonly hidden: HiddenFiles | undefined,
    private readonly onLeave: (one: IndexedTask) => void,
  ) {}

  get(id: string): IndexedTask | undefined {
    return this.byId.get(id);
  }

  /**
   * Goes on to these tasks; `undefined` where it is there already. `most`: as long as it has not learned all tasks of a
   * snapshot, it learns so many each time.
   */
  follow(all: TaskPieces, most: number): TaskChanges | undefined {
    const learns = !this.isWhole;
    const pieces = learns ? atLeast(all, countOf(this.pieces) + most) : all;
    this.isWhole = pieces.length === all.length;
    if (isSame(pieces, this.pieces)) return undefined;
    const before = new TaskCursor(this.pieces);
    const next = new TaskCursor(pieces);
    this.pieces = pieces;
    const changed: IndexedTask[] = [];
    const moved: IndexedTask[] = [];
    const gone = new Set<Task>();
    /** Where one has got a new number, all after it need one that is greater. */
    const latest = { live: 0, ended: 0 };
    let isInOrder = true;
    for (;;) {
      if (isInOrder) next.skipSame(before);
      const task = next.take();
      if (!task) break;
      const isNext = before.task === task;
      if (isNext) before.take();
      const known = this.byId.get(task.id);
      let stays = isNext;
      if (known && !isNext && !gone.delete(known.task)) {
        // What stood before it in the old order has gone, or comes later in the new one.
        for (let one = before.take(); one && one !== known.task; one = before.take()) gone.add(one);
        stays = true;
      }
      const side = isEnded(task) ? 'ended' : 'live';
      const keepsOrder =
        known !== undefined && stays && isEnded(known.task) === isEnded(task) && known.order > latest[side];
      const order = keepsOrder ? known.order : ++this.orders;
      if (known?.task !== task) changed.push(this.change(known, task, order));
      else if (!keepsOrder) moved.push(this.move(known, order));
      isInOrder &&= keepsOrder;
      latest[side] = order;
    }
    for (let one = before.take(); one; one = before.take()) gone.add(one);
    const removed = this.remove(gone);
    const linked = this.relink(changed, removed);
    const relinked = learns ? linked.concat(this.linkLate(changed)) : linked;
    return { changed: changed.concat(moved), relinked, removed };
  }

  private change(known: IndexedTask | undefined, task: Task, order: number): IndexedTask {
    if (known) this.leave(known);
    const look = this.looks.of(task, known?.look);
    const indexed = known ?? new IndexedTask(task, look);
    indexed.change(task, look, this.hidden);
    return this.enter(indexed, order);
  }

  private move(one: IndexedTask, order: number): IndexedTask {
    this.leave(one);
    return this.enter(one, order);
  }

  private enter(one: IndexedTask, order: number): IndexedTask {
    one.order = order;
    this.byId.set(one.task.id, one);
    this.count(one, 1);
    return one;
  }

  private remove(tasks: Iterable<Task>): IndexedTask[] {
    const removed: IndexedTask[] = [];
    for (const { id } of tasks) {
      const one = this.byId.get(id);
      if (!one) continue;
      this.leave(one);
      this.looks.release(one.look);
      removed.push(one);
    }
    return removed;
  }

  /** Links those that have changed with what they wait for, and tells which are linked or seen otherwise. */
  private relink(changed: readonly IndexedTask[], removed: readonly IndexedTask[]): IndexedTask[] {
    const relinked: IndexedTask[] = [];
    const reweighed: IndexedTask[] = [];
    const add = (one: IndexedTask): void => {
      if (this.byId.get(one.task.id) === one) relinked.push(one);
    };
    for (const { awaits } of removed) awaits.forEach(add);
    for (const one of changed) {
      const { awaits, weighed } = one;
      one.link((id) => this.byId.get(id));
      one.weighed = one.weight;
      if (weighed === one.weight && isSame(one.awaits, awaits)) continue;
      relinked.push(one);
      awaits.forEach(add);
      if (weighed !== undefined && weighed !== one.weight) reweighed.push(one);
    }
    // What else their waiters wait for may count now, or no more.
    for (const { task } of reweighed) for (const id of task.awaitedBy) this.byId.get(id)?.awaits.forEach(add);
    return relinked;
  }

  /** Links those with what they wait for that were learned before it. */
  private linkLate(learned: readonly IndexedTask[]): IndexedTask[] {
    const waiters = new Set<IndexedTask>();
    for (const { task } of learned)
      for (const id of task.awaitedBy) {
        const waiter = this.byId.get(id);
        if (waiter && waiter.awaits.length < waiter.task.awaits.length) waiters.add(waiter);
      }
    for (const one of waiters) one.link((id) => this.byId.get(id));
    return [...waiters].flatMap((one) => [one, ...one.awaits]);
  }

  private leave(one: IndexedTask): void {
    this.onLeave(one);
    this.byId.delete(one.task.id);
    this.count(one, -1);
  }

  private count({ task, isHidden, level }: IndexedTask, by: number): void {
    if (isOrigin(task)) this.requests += by;
    else if (level === 'call' && !isHidden) this.functions += by;
  }
}

/** In the order of the snapshot, but what has ended last. */
export function placeOf({ order, level }: IndexedTask): number {
  return level === 'ended' ? ENDED + order : order;
}

export function countOf(pieces: TaskPieces): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** So many of the pieces that they have at least this number of tasks, if there are as many: the first, and what has ended. */
function atLeast(pieces: TaskPieces, count: number): TaskPieces {
  if (count === Infinity) return pieces;
  const ended = pieces.filter(([first]) => first && isEnded(first));
  let sum = countOf(ended);
  const end = pieces.findIndex((piece) => (sum += piece.length) >= count);
  return end < 0 || end + ended.length >= pieces.length ? pieces : [...pieces.slice(0, end + 1), ...ended];
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

/** What has ended comes after the others. */
const ENDED = 2 ** 48;
