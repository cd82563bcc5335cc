import { recentUs } from '../clocks/clock.js';
import { Flag, Kind, type TaskRecord } from '../records/records.js';
import type { LiveList } from '../records/liveList.js';
import type { Above } from '../stacks/capture.js';
import type { Place } from '../stacks/place.js';
import { DEEPEST, type Stack } from '../stacks/stack.js';
import type { Executions } from './executions.js';
import { hasEnded } from './promiseRecords.js';

/** How far down the task is looked for that called a function. */
const CALLER_DEPTH = 24;

/**
 * Which calls of async functions are on the call stack. A function that returns a promise has no event when it ends, so
 * an open call can be stale: where calls of one function are nested their frames are counted.
 */
export class OpenCalls {
  /** Modules with a top-level await that are not done, by function identity. */
  readonly modules = new Map<number, TaskRecord>();

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
  ) {}
  /** A function that is open no longer: it ended, was suspended, or returned a promise. */
  readonly closed = (task: TaskRecord): void => {
    if ((task.flags & Flag.Synthetic) !== 0) {
      this.live.end(task);
    } else if (task.kind === Kind.Module && (task.flags & Flag.Returned) !== 0) {
      // its own promise is not settled; but a module that runs to its end is done
      this.modules.delete(task.fn);
      this.live.end(task);
      const { recorder } = this.executions;
      if (recorder.isOn) recorder.settled(task, recentUs());
    } else {
      const { link } = task;
      if (link !== null && (link.flags & Flag.AwaitedValue) !== 0) {
        // the promise that was made for an awaited value led to no await: the task awaits its own promise
        const isReturned = (task.flags & Flag.Returned) !== 0;
        task.link = isReturned && !hasEnded(link) ? task : null;
        // beyond the budget the await itself was not seen, and its end will not be either
        if (!isReturned) task.awaitSite = 0;
        this.live.end(link);
      }
      this.live.markDirty(task);
    }
  };

  /** The promise of a task has settled. */
  settled(task: TaskRecord): void {
    if (task.kind === Kind.Module) this.modules.delete(task.fn);
    if ((task.flags & Flag.Open) === 0) return;
    // a promise that was only taken for a possible function says nothing of those above it
    if (task.kind === Kind.Promise) task.flags &= ~Flag.Open;
    else this.executions.popTo(task, this.closed);
  }

  /** The module with a top-level await that the place is in. */
  moduleAt(place: Place): TaskRecord | undefined {
    return place.isModule ? this.modules.get(place.fn) : undefined;
  }

  /** Closes the open calls of a function that are no longer on the stack. False: they could not be told. */
  dropStale(fn: number, newCalls: number, hook: Above): boolean {
    const { executions } = this;
    const places = this.stack.all(hook, DEEPEST);
    if (places.length >= DEEPEST) return false;
    const own = places.length - executions.framesBelow;
    // the bottom frame of an execution that resumed an unknown call is that call
    const known = executions.resumedUnseen ? own - 1 : own;
    let frames = 0;
    for (let i = 0; i < known; i++) if (places[i]?.fn === fn) frames++;
    const stale = executions.countOpen(fn) + newCalls - frames;
    if (stale > 0) executions.closeCalls(fn, stale, this.closed);
    return true;
  }

  /** The task that called the function which is entered now: maybe through functions that are not async. */
  callerOf(caller: Place | null, hook: Above): TaskRecord | null | undefined {
    const { executions } = this;
    if (caller !== null && executions.countOpen(caller.fn) === 1 && !executions.resumedUnseen)
      return executions.innermost(caller.fn) ?? undefined;
    return this.taskAt(this.stack.all(hook, CALLER_DEPTH), hook, CALLER_DEPTH, 1);
  }

  /** Of the task that begins something; without one of that from which the execution began. 0: it cannot be told. */
  idOf(task: TaskRecord | null | undefined): number {
    return task === undefined ? 0 : (task?.id ?? this.executions.origin);
  }

  /**
   * The innermost task on the call stack, of which `places` are the first `limit`. An open call may be stale.
   * `undefined`: it cannot be told.
   */
  taskAt(places: readonly Place[], hook: Above, limit: number, from = 0): TaskRecord | null | undefined {
    const { executions } = this;
    const { framesBelow } = executions;
    // those of the executions below have open calls of their own
    let all = framesBelow === 0 ? places : this.stack.all(hook, DEEPEST);
    for (let i = from; ; i++) {
      if (all === places && i === limit) all = this.stack.all(hook, DEEPEST);
      if (all.length >= DEEPEST) return undefined;
      if (i >= all.length - framesBelow) return null;
      const place = all[i] as Place;
      const module = this.moduleAt(place);
      if (module !== undefined) return module;
      const open = place.isBuiltin ? 0 : executions.countOpen(place.fn);
      if (open === 0) continue;
      if ((open > 1 || executions.resumedUnseen) && !this.dropStale(place.fn, 0, hook)) return undefined;
      return executions.innermost(place.fn) ?? undefined;
    }
  }
}
