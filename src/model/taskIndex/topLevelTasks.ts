import type { IndexedTask } from './indexedTask.js';
import type { TaskChanges } from './indexedTasks.js';

/** A task at the top; `place`: in the order of the snapshot, but those of circles come after the others. */
export type RootTask = IndexedTask & { place: number };

export function isRoot(one: IndexedTask): one is RootTask {
  return one.place !== undefined;
}

/** The request that a root stands below. A handle stays at the top: it may serve others too. */
export function requestAbove({ task, origin }: RootTask): IndexedTask | undefined {
  return task.kind === 'handle' ? undefined : origin;
}

/** It is a root, and stands below no request. */
export function isAtTop(one: IndexedTask): boolean {
  return isRoot(one) && requestAbove(one) === undefined;
}

/**
 * Visible tasks that no other visible one waits for, directly or through hidden ones, and of a circle the first. Only
 * what stands below a change is looked at again.
 */
export class Roots {
  /** How many promises there are among them. */
  promises = 0;
  /** Visible tasks that stand below no root: in a circle, or behind one. */
  private readonly unreached = new Set<IndexedTask>();
  /** Of each circle that no root leads to the first. */
  private circles: IndexedTask[] = [];
  private searches = 0;

  /** `onLeave`: it is about to be a root no more. */
  constructor(
    private readonly get: (id: string) => IndexedTask | undefined,
    private readonly onEnter: (root: RootTask) => void,
    private readonly onLeave: (root: RootTask) => void,
  ) {}

  /** A task is about to change, to move or to go. */
  leave(one: IndexedTask): void {
    this.unreached.delete(one);
    this.remove(one);
  }

  /** What has gone, changed or moved has left before. */
  update({ changed, relinked }: TaskChanges): void {
    const affected = this.below(relinked);
    this.findCovered(affected);
    this.findReached(affected);
    for (const one of this.circles) this.remove(one);
    for (const one of changed) this.settle(one);
    for (const one of affected) this.settle(one);
    this.circles = this.findAwaitCycles();
    for (const one of this.circles) this.add(one, CIRCLES + one.order);
  }

  private settle(one: IndexedTask): void {
    const isTop = !one.isHidden && !one.isCovered;
    if (isTop) this.add(one, one.order);
    else this.remove(one);
    if (isTop || one.isHidden || one.isReached) this.unreached.delete(one);
    else this.unreached.add(one);
  }

  private add(one: IndexedTask, place: number): void {
    if (isRoot(one)) return;
    if (one.level === 'promise') this.promises++;
    this.onEnter(Object.assign(one, { place }));
  }

  private remove(one: IndexedTask): void {
    if (!isRoot(one)) return;
    this.onLeave(one);
    if (one.level === 'promise') this.promises--;
    (one as IndexedTask).place = undefined;
  }

  /** These and all that they wait for. */
  private below(tasks: readonly IndexedTask[]): IndexedTask[] {
    const search = ++this.searches;
    const found: IndexedTask[] = [];
    const pending = [...tasks];
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (next.foundBy === search) continue;
      next.foundBy = search;
      found.push(next);
      pending.push(...next.awaits);
    }
    return found;
  }

  private findCovered(affected: readonly IndexedTask[]): void {
    for (const one of affected) one.isCovered = false;
    for (const one of affected) if (!one.isHidden) coverBelow(one);
    for (const one of affected) {
      if (one.isCovered || !this.isAwaitedBy(one, (waiter) => !waiter.isHidden || waiter.isCovered)) continue;
      one.isCovered = true;
      if (one.isHidden) coverBelow(one);
    }
  }

  private findReached(affected: readonly IndexedTask[]): void {
    for (const one of affected) one.isReached = false;
    for (const one of affected) if (!one.isHidden && !one.isCovered) reachFrom(one);
    for (const one of affected)
      if (one.isCovered && !one.isReached && this.isAwaitedBy(one, (waiter) => waiter.isReached))
        reachFrom(one);
  }

  /** Whether such a task waits for it that is not looked at again itself. */
  private isAwaitedBy(one: IndexedTask, isSuch: (waiter: IndexedTask) => boolean): boolean {
    return one.task.awaitedBy.some((id) => {
      const waiter = this.get(id);
      return (
        waiter !== undefined &&
        waiter.foundBy !== one.foundBy &&
        isSuch(waiter) &&
        waiter.awaited.includes(one)
      );
    });
  }

  /** Of those that are reached from no root one after the other, with all that is reached from it. */
  private findAwaitCycles(): IndexedTask[] {
    if (this.unreached.size === 0) return [];
    const search = ++this.searches;
    const circles: IndexedTask[] = [];
    for (const first of [...this.unreached].sort((a, b) => a.order - b.order)) {
      if (first.foundBy === search) continue;
      circles.push(first);
      const pending = [first];
      for (let next = pending.pop(); next; next = pending.pop()) {
        if (next.foundBy === search) continue;
        next.foundBy = search;
        pending.push(...next.awaited.filter(({ isReached }) => !isReached));
      }
    }
    return circles;
  }
}

/** What a task covers: what it waits for, and behind what is hidden of that the next. */
function coverBelow(task: IndexedTask): void {
  const pending = [task];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const awaited of next.awaited) {
      if (awaited.isCovered) continue;
      awaited.isCovered = true;
      if (awaited.isHidden) pending.push(awaited);
    }
  }
}

function reachFrom(task: IndexedTask): void {
  const pending = [task];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.isReached) continue;
    next.isReached = true;
    pending.push(...next.awaited);
  }
}

/** Those of circles come after the others. */
const CIRCLES = 2 ** 47;
