import { clockUs, recentUs } from '../clocks/clock.js';
import type { Recorder } from '../recording/recorder.js';
import { type AsyncRecord, Flag, isTask, Kind, type TaskRecord } from '../records/records.js';

/**
 * What runs now: the nested executions (callbacks of promises and resources) and, in the innermost, the async
 * functions that were entered or resumed and have not yet been suspended or ended, last in first out.
 */
export class Executions {
  /** Innermost open async function of the current execution. */
  open: TaskRecord | null = null;
  /** 0: no callback is running (the main script, or nothing). */
  depth = 0;
  /** The promise or resource whose callback runs. */
  current: AsyncRecord | null = null;
  /** Stacks are captured in this execution. Once they are not, they are not until it ends: all or nothing. */
  seen = true;
  /** It may have resumed a task at an await that was not seen: the bottom frame belongs to no known call. */
  resumedUnseen = false;
  /** Frames of the call stack that belong to the executions below, where those have open functions. */
  framesBelow = 0;
  private readonly savedOpen: (TaskRecord | null)[] = [];
  private readonly savedCurrent: (AsyncRecord | null)[] = [];
  private readonly savedSeen: boolean[] = [];
  private readonly savedResumedUnseen: boolean[] = [];
  private readonly savedFramesBelow: number[] = [];
  /** At the bottom there is nothing to save, unless async functions may run there. */
  private isBottomSaved = false;

  constructor(readonly recorder: Recorder) {}

  /** The task that runs, or the promise or resource whose callback does. */
  get running(): AsyncRecord | null {
    return this.open ?? this.current;
  }

  /** Async functions may be on the call stack, though the open ones are not all known. */
  get hasFrames(): boolean {
    return this.open !== null || this.resumedUnseen || this.framesBelow > 0;
  }

  /** Id of the task that was resumed, or of the server's request that is handled: whatever is made now began there. */
  get origin(): number {
    const { current } = this;
    if (current === null || this.resumedUnseen) return 0;
    return current.kind <= Kind.Module || (current.flags & Flag.Request) !== 0 ? current.id : current.by;
  }

  /** Within an execution that is not seen none is: what called it could not be told. */
  enter(record: AsyncRecord | null, seen: boolean, resumedUnseen: boolean, framesBelow = 0): void {
    if (this.depth === 0) this.isBottomSaved = this.hasFrames || !this.seen;
    if (this.depth !== 0 || this.isBottomSaved) this.save();
    this.depth++;
    this.open = null;
    this.current = record;
    this.seen &&= seen;
    this.resumedUnseen = resumedUnseen;
    this.framesBelow = framesBelow;
  }

  /** From here on nothing is seen in this execution: no open function can be told from another. */
  stopSeeing(closed: (task: TaskRecord) => void): void {
    this.seen = false;
    this.closeAll(closed);
  }

  /** Leaves the innermost execution; what is still open in it has returned a promise or thenable. */
  leave(closed: (task: TaskRecord) => void): void {
    if (this.open !== null) this.closeAll(closed);
    if (this.depth === 0) return;
    if (--this.depth !== 0 || this.isBottomSaved) {
      this.restore();
      return;
    }
    this.current = null;
    this.seen = true;
    this.resumedUnseen = false;
    this.framesBelow = 0;
  }

  private save(): void {
    const { depth } = this;
    this.savedOpen[depth] = this.open;
    this.savedCurrent[depth] = this.current;
    this.savedSeen[depth] = this.seen;
    this.savedResumedUnseen[depth] = this.resumedUnseen;
    this.savedFramesBelow[depth] = this.framesBelow;
  }

  private restore(): void {
    const { depth } = this;
    this.open = this.savedOpen[depth] ?? null;
    this.current = this.savedCurrent[depth] ?? null;
    this.seen = this.savedSeen[depth] ?? true;
    this.resumedUnseen = this.savedResumedUnseen[depth] ?? false;
    this.framesBelow = this.savedFramesBelow[depth] ?? 0;
    this.savedOpen[depth] = null;
    this.savedCurrent[depth] = null;
  }

  /** The agent comes while these frames are on the call stack: none of the calls is known. */
  attachMidExecution(frames: number): void {
    this.resumedUnseen = true;
    this.framesBelow = frames;
  }

  /** The hooks are taken away: how the executions that go on now will end is not heard. */
  forgetAll(): void {
    this.open = this.current = null;
    this.depth = this.framesBelow = 0;
    this.seen = true;
    this.resumedUnseen = false;
  }

  /** A microtask or tick at the bottom of the stack: the main script has ended, which has no event. */
  scriptEnded(closed: (task: TaskRecord) => void): void {
    if (this.depth !== 0) return;
    if (this.open !== null) this.closeAll(closed);
    this.framesBelow = 0;
    this.seen = true;
    this.resumedUnseen = false;
  }

  push(task: TaskRecord): void {
    task.flags |= Flag.Open;
    task.below = this.open;
    this.open = task;
    task.sinceUs = this.seen ? clockUs() : 0;
  }

  /** Takes `task` off, and those above it, which ended without an event. */
  popTo(task: TaskRecord, closed: (task: TaskRecord) => void): void {
    let found = this.open;
    while (found !== null && found !== task) found = found.below;
    if ((task.flags & Flag.Open) !== 0) stopTiming(task);
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
  closeCalls(fn: number, count: number, closed: (task: TaskRecord) => void): void {
    let left = count;
    let above: TaskRecord | null = null;
    for (let task = this.open; task !== null && left > 0;) {
      const { below } = task;
      if (task.fn === fn) {
        if (above === null) this.open = below;
        else above.below = below;
        task.below = null;
        if ((task.flags & Flag.Open) !== 0) left--;
        this.close(task, closed);
      } else {
        above = task;
      }
      task = below;
    }
  }

  countOpen(fn: number): number {
    let count = 0;
    for (let task = this.open; task !== null; task = task.below) {
      if (task.fn === fn && (task.flags & Flag.Open) !== 0) count++;
    }
    return count;
  }

  innermost(fn: number): TaskRecord | null {
    for (let task = this.open; task !== null; task = task.below) {
      if (task.fn === fn && (task.flags & Flag.Open) !== 0) return task;
    }
    return null;
  }

  /** Open requests to generators whose function is not known yet, made at the place `site`. */
  countRequests(site: number): number {
    const resumed = this.resumedRequest();
    let count = 0;
    for (let task = this.open; task !== null; task = task.below) {
      if (task.fn === 0 && task.site === site && (task.flags & Flag.Open) !== 0 && task !== resumed) count++;
    }
    return count;
  }

  /** The request to a generator that this execution resumes, if its function is not known yet. */
  resumedRequest(): TaskRecord | null {
    const { current } = this;
    if (current === null || !isTask(current) || current.kind !== Kind.Generator || current.fn !== 0)
      return null;
    return (current.flags & Flag.Open) !== 0 ? current : null;
  }

  /** None of the open ones is on the call stack any more. */
  closeAll(closed: (task: TaskRecord) => void): void {
    for (let task = this.open; task !== null; task = this.open) {
      this.open = task.below;
      task.below = null;
      this.close(task, closed);
    }
  }

  private recordClosed(task: TaskRecord): void {
    const us = this.seen ? recentUs() : clockUs();
    if (this.seen && (task.flags & Flag.Synthetic) === 0) this.recorder.returned(task, us);
    else this.recorder.lost(task, us);
  }

  private close(task: TaskRecord, closed: (task: TaskRecord) => void): void {
    if ((task.flags & Flag.Open) === 0) return;
    stopTiming(task);
    task.flags &= ~Flag.Open;
    if (task.kind !== Kind.Promise) {
      task.flags |= this.seen ? Flag.Returned : Flag.Unknown;
      if (this.recorder.isOn) this.recordClosed(task);
    }
    closed(task);
  }
}

/** It is on the stack no longer. */
function stopTiming(task: TaskRecord): void {
  if (task.sinceUs === 0) return;
  task.busyUs += (clockUs() - task.sinceUs) | 0;
  task.sinceUs = 0;
}
