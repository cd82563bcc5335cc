import { type AsyncRecord, Flag, Kind } from './records.js';

/**
 * What runs now: the nested executions (callbacks of promises and resources) and, in the innermost, the async
 * functions that were entered or resumed and have not yet been suspended or ended, last in first out.
 */
export class Executions {
  /** Innermost open async function of the current execution. */
  open: AsyncRecord | null = null;
  /** 0: no callback is running (the main script, or nothing). */
  depth = 0;
  /** The promise or resource whose callback runs. */
  current: AsyncRecord | null = null;
  /** In this execution something was not recorded: an open function may belong to another call. */
  incomplete = false;
  private readonly savedOpen: (AsyncRecord | null)[] = [];
  private readonly savedCurrent: (AsyncRecord | null)[] = [];
  private readonly savedIncomplete: boolean[] = [];

  enter(record: AsyncRecord | null): void {
    const depth = this.depth++;
    this.savedOpen[depth] = this.open;
    this.savedCurrent[depth] = this.current;
    this.savedIncomplete[depth] = this.incomplete;
    this.open = null;
    this.current = record;
    this.incomplete = false;
  }

  /** Leaves the innermost execution; what is still open in it has returned a promise or thenable. */
  leave(closed: (task: AsyncRecord) => void): void {
    if (this.depth === 0) return;
    this.closeAll(closed);
    const depth = --this.depth;
    this.open = this.savedOpen[depth] ?? null;
    this.current = this.savedCurrent[depth] ?? null;
    this.incomplete = this.savedIncomplete[depth] ?? false;
    this.savedOpen[depth] = null;
    this.savedCurrent[depth] = null;
  }

  /** A microtask or tick at the bottom of the stack: the main script has ended, which has no event. */
  scriptEnded(closed: (task: AsyncRecord) => void): void {
    if (this.depth === 0) this.closeAll(closed);
  }

  push(task: AsyncRecord): void {
    task.flags |= Flag.Open;
    task.below = this.open;
    this.open = task;
  }

  /** Takes `task` off, and those above it, which ended without an event. */
  popTo(task: AsyncRecord, closed: (task: AsyncRecord) => void): void {
    let found = this.open;
    while (found !== null && found !== task) found = found.below;
    task.flags &= ~Flag.Open;
    if (found === null) return;
    for (let above = this.open; above !== null && above !== task; above = this.open) {
      this.open = above.below;
      above.below = null;
      this.close(above, closed);
    }
    this.open = task.below;
    task.below = null;
  }

  /** Closes the innermost `count` open calls of a function: they are no longer on the call stack. */
  closeCalls(fn: number, count: number, closed: (task: AsyncRecord) => void): void {
    let left = count;
    for (let task = this.open; task !== null && left > 0; task = task.below) {
      if (task.fn !== fn || (task.flags & Flag.Open) === 0) continue;
      this.close(task, closed);
      left--;
    }
  }

  countOpen(fn: number): number {
    let count = 0;
    for (let task = this.open; task !== null; task = task.below) {
      if (task.fn === fn && (task.flags & Flag.Open) !== 0) count++;
    }
    return count;
  }

  innermost(fn: number): AsyncRecord | null {
    for (let task = this.open; task !== null; task = task.below) {
      if (task.fn === fn && (task.flags & Flag.Open) !== 0) return task;
    }
    return null;
  }

  /** The innermost request to an async generator whose function is not known yet. */
  newRequest(): AsyncRecord | null {
    for (let task = this.open; task !== null; task = task.below) {
      if (task.kind === Kind.Generator && task.fn === 0 && (task.flags & Flag.Open) !== 0) return task;
    }
    return null;
  }

  private closeAll(closed: (task: AsyncRecord) => void): void {
    for (let task = this.open; task !== null; task = this.open) {
      this.open = task.below;
      task.below = null;
      this.close(task, closed);
    }
  }

  private close(task: AsyncRecord, closed: (task: AsyncRecord) => void): void {
    if ((task.flags & Flag.Open) === 0) return;
    task.flags &= ~Flag.Open;
    if (task.kind === Kind.Function) task.flags |= this.incomplete ? Flag.Unknown : Flag.Returned;
    closed(task);
  }
}
