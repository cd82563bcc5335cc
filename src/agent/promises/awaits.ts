import { clockUs, recentMs } from '../clocks/clock.js';
import type { LiveList } from '../records/liveList.js';
import { attachAwait, isResumption, reattachRecord } from '../records/privateRecord.js';
import { type AsyncRecord, Flag, isTask, Kind, type TaskRecord } from '../records/records.js';
import type { Above } from '../stacks/capture.js';
import type { Place } from '../stacks/place.js';
import type { Stack } from '../stacks/stack.js';
import type { Executions } from './executions.js';
import type { GeneratorRequests } from './generatorRequests.js';
import type { OpenCalls } from './openCalls.js';
import { awaiterOf, hasEnded, isAwaitedValue, parentOf, type PromiseRecords } from './promiseRecords.js';

/**
 * A promise with a parent, made in a function: an `await`. It suspends the innermost open call of that function, and the
 * promise will resume it. For a value or thenable the engine makes a promise of its own first, with that of the task as
 * its parent.
 */
export class Awaits {
  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly records: PromiseRecords,
    private readonly calls: OpenCalls,
    private readonly requests: GeneratorRequests,
  ) {}
  awaitedAt(promise: object, from: object, place: Place, hook: Above): void {
    const parent = parentOf(from);
    const isTaken = parent !== null && isResumption(from, parent);
    this.awaited(promise, isTaken ? this.wrapperOf(from, parent) : parent, place, hook);
  }

  private awaited(promise: object, parent: AsyncRecord | null, place: Place, hook: Above): void {
    const executions = this.executions;
    const awaiting = this.awaitingItsOwnPromise(parent, place, hook);
    if (awaiting !== null) {
      // the value or thenable gets a promise of its own first; the await itself follows with that as parent
      const wrapper = this.records.create(Kind.Promise, promise);
      wrapper.flags |= Flag.AwaitedValue;
      wrapper.site = place.id;
      wrapper.link = awaiting;
      awaiting.awaitSite = place.id;
      awaiting.link = wrapper;
      return;
    }
    let task = awaiterOf(parent) ?? this.openCall(place, hook, isAwaitedValue(parent));
    if (task === null) {
      if (executions.resumedUnseen && this.records.hasMissed) {
        this.records.create(Kind.Promise, promise).flags |= Flag.Unknown;
        return;
      }
      task = this.unseenTask(promise, place);
    } else {
      if (task.kind === Kind.Promise) this.recogniseFunction(task);
      executions.popTo(task, this.calls.closed);
    }
    task.awaitSite = place.id;
    this.suspend(promise, task, parent);
  }

  /** A promise that was taken for that of an await, but was only made for what is awaited: this await follows. */
  private wrapperOf(promise: object, task: TaskRecord): AsyncRecord {
    const wrapper = this.live.create(Kind.Promise, recentMs(), promise, this.executions.origin);
    reattachRecord(promise, wrapper);
    if (hasEnded(task)) return wrapper;
    wrapper.flags |= Flag.AwaitedValue;
    wrapper.site = task.awaitSite;
    wrapper.link = task;
    return wrapper;
  }

  /** `promise` is the hidden one of an await, and will resume `task`. */
  suspend(promise: object, task: TaskRecord, awaited: AsyncRecord | null): void {
    task.link = awaited;
    const { recorder } = this.executions;
    const isReady = awaited !== null && hasEnded(awaited);
    const nowUs = isReady || recorder.isOn ? clockUs() : 0;
    task.readyFromUs = isReady ? nowUs : 0;
    task.flags &= ~(Flag.Returned | Flag.Unknown);
    if (awaited === null) task.flags |= Flag.Unknown;
    if (recorder.isOn) recorder.suspended(task, nowUs, awaited);
    if ((task.flags & Flag.Synthetic) !== 0) this.live.follow(task, promise);
    attachAwait(promise, task);
    this.live.markDirty(task);
  }

  /** The task that awaits at `place`, if `parent` is that task's own promise: it awaits no promise. */
  private awaitingItsOwnPromise(parent: AsyncRecord | null, place: Place, hook: Above): TaskRecord | null {
    if (parent === null) return null;
    // a module has a second promise of its own, which native code made
    if (place.isModule && (parent.flags & Flag.Evaluation) !== 0) {
      return this.calls.modules.get(place.fn) ?? null;
    }
    if (isAwaitedValue(parent) || !isTask(parent)) return null;
    return this.isOwnPromise(parent, place, hook) ? parent : null;
  }

  /** Whether `parent` is the promise of the very call that awaits at `place`. */
  private isOwnPromise(parent: TaskRecord, place: Place, hook: Above): boolean {
    const { flags, kind } = parent;
    if (kind === Kind.Module) return parent.fn === place.fn;
    if ((flags & Flag.Open) !== 0) {
      if (kind === Kind.Generator && parent.fn === 0) {
        // a request that has only been queued is open too, and may be awaited by whoever made it
        if (this.requests.started(hook) !== parent) return false;
        parent.fn = place.fn;
        return true;
      }
      if (parent.fn !== place.fn) return false;
      return this.executions.countOpen(place.fn) === 1 && !this.executions.resumedUnseen
        ? true
        : this.openCall(place, hook) === parent;
    }
    if (kind === Kind.Generator && (parent.fn === 0 || parent.fn === place.fn)) {
      const isSuspended = parent.link !== null || (flags & Flag.Unknown) !== 0;
      if ((flags & Flag.Ended) !== 0 || isSuspended || this.executions.resumedUnseen) return false;
      if (this.executions.countOpen(place.fn) > 0) return false;
      // a request that was queued behind another one and is served now
      parent.fn = place.fn;
      this.executions.push(parent);
      const { recorder } = this.executions;
      if (recorder.isOn) recorder.resumed(parent, parent.sinceUs, 0);
      return true;
    }
    return false;
  }

  /** The open call of the function at `place` that the innermost frame belongs to. */
  private openCall(place: Place, hook: Above, isValue = false): TaskRecord | null {
    const module = this.calls.moduleAt(place);
    if (module !== undefined) return module;
    const executions = this.executions;
    const request = isValue ? null : this.requests.started(hook);
    if (request !== null) {
      request.fn = place.fn;
      return request;
    }
    const open = executions.countOpen(place.fn);
    if ((open > 1 || executions.resumedUnseen) && !this.calls.dropStale(place.fn, 0, hook)) return null;
    return executions.innermost(place.fn);
  }

  /** A call whose start was not seen (before the agent, beyond the budget): it lives until it is resumed. */
  private unseenTask(promise: object, place: Place): TaskRecord {
    const kind = place.isModule ? Kind.Module : Kind.Function;
    const task = this.live.createTask(kind, recentMs(), promise, 0);
    task.flags |= Flag.Synthetic;
    task.site = this.stack.places.headOf(place);
    task.fn = place.fn;
    return task;
  }

  private recogniseFunction(task: TaskRecord): void {
    task.kind = Kind.Function;
    this.stack.places.learnEntry(task.fn);
    const { recorder } = this.executions;
    if (recorder.isOn && task.sinceUs !== 0) recorder.began(task, task.sinceUs);
  }
}
