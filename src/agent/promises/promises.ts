/**
 * The promise hooks. They link each task (a call of an async function) to what it awaits, from two facts: the
 * engine gives the parent of a promise, and the top of the call stack tells which construct made it.
 *
 * - no parent, top frame a function: an async function was entered; it becomes the innermost open one;
 * - parent, top frame a function: an await; the innermost open call of that function is suspended;
 * - top frame a builtin (`then`, `Promise`, `all`, `next` …): that construct.
 *
 * An async function that returns a promise has no event when it ends, so an open function can be stale: it is
 * found by its identity, and where calls of it are nested by counting its frames.
 */
import { type Above, captureStackTrace, closeCapture, openCapture } from '../stacks/capture.js';
import { clockUs, recentMs } from '../clocks/clock.js';
import type { Executions } from './executions.js';
import { AS_IT_RUNS, type Frame, getCallSites } from '../stacks/partialStack.js';
import type { LiveList } from '../records/liveList.js';
import { NewPromises } from './newPromises.js';
import type { EnginePromiseHooks } from './nodesPromiseHooks.js';
import { type AsyncRecord, extraOf, Flag, isTask, Kind, type TaskRecord } from '../records/records.js';
import {
  isResumption,
  recordOf,
  reattachRecord,
  attachRecord,
  attachAwait,
} from '../records/privateRecord.js';
import type { Place } from '../stacks/place.js';
import { Entry } from '../stacks/sites.js';
import { DEEPEST, type Stack } from '../stacks/stack.js';
import { Thenables } from './thenables.js';

/** How far down the program's own code is looked for below that of packages. */
const ENTRANCE_DEPTH = 24;

/** How far down the task is looked for that called a function. */
const CALLER_DEPTH = 24;

export class PromiseHooks {
  readonly news = new NewPromises();
  readonly thenables = new Thenables();
  /** Frames to begin with for a promise with a parent: an await needs one, `then` three, and more of the same follow. */
  private childDepth = 1;
  /** A few frames would have told the last promise without a parent, and so they may this one. */
  private areFewLikely = false;
  /** Some promises were not recorded. */
  private hasMissed = false;
  /** The promise that the last `fetch` returned. */
  lastFetch: AsyncRecord | null = null;
  /** The last promise made outside JavaScript: the operation that follows at once settles it. */
  lastNative: AsyncRecord | null = null;
  private lastCombinator: AsyncRecord | null = null;
  /** The one before: a plain value among the inputs gets a promise that looks like a combinator of its own. */
  private previousCombinator: AsyncRecord | null = null;
  /** Modules with a top-level await that are not done, by function identity. */
  private readonly modules = new Map<number, TaskRecord>();
  /** Promises with a parent since the last poll. */
  private withParent = 0;
  /**
   * Promises without a parent that were not recorded and have not settled: at least so many. One of those with a parent
   * that settles is taken for one of these, since nothing tells them apart.
   */
  unrecorded = 0;
  /** Errors caught in the hooks. They must never reach the program. */
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
  ) {}

  /** A function of `timers/promises` has made its promise and now makes the timer for it. */
  get isInTimersPromise(): boolean {
    const { last, lastPlace } = this.news;
    if (last === null || lastPlace === null || !lastPlace.isInternal) return false;
    return lastPlace.name.startsWith('set') && !hasEnded(last) && (last.extra?.inputs ?? null) === null;
  }

  /** Site id in the function of a package that the program called: the package itself made the promise. */
  private entrance(hook: InitHook): number {
    let entrance = 0;
    for (const place of this.stack.all(hook, ENTRANCE_DEPTH)) {
      if (place.isBuiltin || place.isInternal) continue;
      if (!place.isDependency) return entrance;
      if (place.name !== '') entrance = place.id;
    }
    return 0;
  }

  /** The native promise was taken for what it is: it is no async function. */
  takeNative(): void {
    const record = this.lastNative;
    this.lastNative = null;
    if (record === null || record.kind !== Kind.Promise) return;
    record.flags &= ~Flag.Open;
  }

  /** What the engine calls. Plain functions without `this`: made once. */
  install(): EnginePromiseHooks {
    const { executions, stack } = this;
    const init: InitHook = (promise, parent) => {
      if (parent !== undefined) this.withParent++;
      try {
        if (!executions.seen) {
          this.missed(parent !== undefined);
        } else if (!stack.budget.take()) {
          executions.stopSeeing(this.closed);
          this.missed(parent !== undefined);
        } else {
          const few = this.partialStack(parent !== undefined);
          const isTold =
            few > 0 &&
            this.createdWhereKnown(
              promise,
              parent,
              getCallSites(1 + stack.wanted(init, few), AS_IT_RUNS),
              init,
            );
          if (!isTold) {
            const depth = parent === undefined ? 2 : this.childDepth;
            const capture = openCapture(stack.wanted(init, depth));
            captureStackTrace(capture.holder, init);
            this.created(promise, parent, closeCapture(capture), depth, init);
          }
        }
      } catch {
        this.errors++;
      }
      this.live.isFilling = false;
    };
    const before: Hook = (promise) => {
      try {
        this.entered(promise);
      } catch {
        this.errors++;
      }
    };
    const after: Hook = () => {
      try {
        const asker = this.thenables.leave(executions.depth, executions.seen);
        if (asker !== null) this.live.markDirty(asker);
        this.executions.leave(this.closed);
      } catch {
        this.errors++;
      }
    };
    const settled: Hook = (promise) => {
      try {
        const record = recordOf(promise);
        if (record === null) {
          if (this.unrecorded > 0) this.unrecorded--;
        } else if (!isResumption(promise, record)) {
          this.settledRecord(record, promise);
        }
      } catch {
        this.errors++;
      }
    };
    return { init, before, after, settled };
  }

  /** How many promises with a parent were made since this was asked last. */
  takeMade(): number {
    const { withParent } = this;
    this.withParent = 0;
    return withParent;
  }

  /** A function that is open no longer: it ended, was suspended, or returned a promise. */
  readonly closed = (task: TaskRecord): void => {
    if ((task.flags & Flag.Synthetic) !== 0) {
      this.live.end(task);
    } else if (task.kind === Kind.Module && (task.flags & Flag.Returned) !== 0) {
      // its own promise is not settled; but a module that runs to its end is done
      this.modules.delete(task.fn);
      this.live.end(task);
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

  private record(kind: Kind, promise: object): AsyncRecord {
    const record = this.live.create(kind, recentMs(), promise, this.executions.origin);
    attachRecord(promise, record);
    if (this.executions.open === null) this.thenables.add(record);
    return record;
  }

  private taskRecord(kind: Kind, promise: object): TaskRecord {
    const record = this.live.createTask(kind, recentMs(), promise, this.executions.origin);
    attachRecord(promise, record);
    return record;
  }

  /** How many of the program's frames may tell a promise that is like the last one; 0: a whole stack is needed. */
  private partialStack(hasParent: boolean): 0 | 1 | 2 {
    if (!this.stack.few.isWanted) return 0;
    if (!hasParent) return this.areFewLikely ? 2 : 0;
    // what a generator's request makes has builtins above it
    return this.childDepth === 1 && this.executions.open?.kind !== Kind.Generator ? 1 : 0;
  }

  /** The same as `created`, from a few frames, the hook's own first. False: they do not tell. */
  private createdWhereKnown(
    promise: object,
    from: object | undefined,
    frames: Frame[],
    hook: InitHook,
  ): boolean {
    const { stack } = this;
    if (!stack.readFew(frames, hook, from === undefined ? 2 : 1)) return false;
    const { top, second, few } = stack;
    if (top === null) return false;
    if (from !== undefined) {
      if (!few.isAwait(top)) return false;
      this.awaitedAt(promise, from, top, hook);
    } else if (top.isBuiltin) {
      this.createdByBuiltin(promise, null, false, top, hook);
    } else {
      if (second === null || !few.isCall(top, second)) return false;
      this.functionEntered(promise, top, hook);
    }
    stack.budget.spent();
    return true;
  }

  /** `frames`: the stack, `depth` of it the program's. */
  private created(
    promise: object,
    from: object | undefined,
    frames: NodeJS.CallSite[],
    depth: number,
    hook: InitHook,
  ): void {
    const { stack } = this;
    const hasParent = from !== undefined;
    stack.readFrom(frames, hook, depth);
    const top = stack.top;
    if (top === null) {
      this.record(Kind.Promise, promise).link = parentOf(from);
    } else if (top.isBuiltin) {
      if (hasParent ? depth < 3 : stack.second?.isInternal === true) stack.read(hook, 3);
      if (hasParent) this.childDepth = 3;
      else this.areFewLikely = false;
      if (hasParent) stack.few.exclude(stack.second?.isBuiltin === true ? stack.third : stack.second);
      this.createdByBuiltin(promise, parentOf(from), hasParent, top, hook);
    } else if (hasParent) {
      this.childDepth = 1;
      stack.few.learnAwait(top);
      this.awaitedAt(promise, from, top, hook);
    } else {
      this.functionEntered(promise, top, hook);
    }
    stack.budget.spent();
  }

  /** Beyond the budget a promise is counted only: nobody could be told what it is. */
  private missed(hasParent: boolean): void {
    this.stack.budget.skipped++;
    this.hasMissed = true;
    if (hasParent) {
      // this may have been one of their inputs
      this.isIncomplete(this.lastCombinator);
      this.isIncomplete(this.previousCombinator);
      this.isIncomplete(this.news.last);
    } else {
      this.unrecorded++;
      // this may have been another one
      this.news.forget();
      this.lastNative = this.lastFetch = null;
    }
  }

  /** Something that it waits for was not recorded. */
  isIncomplete(record: AsyncRecord | null): void {
    if (record === null || (record.flags & (Flag.Ended | Flag.Unknown)) !== 0) return;
    record.flags |= Flag.Unknown;
    this.live.markDirty(record);
  }

  private functionEntered(promise: object, place: Place, hook: InitHook): void {
    const executions = this.executions;
    const entry = this.stack.places.entryAt(place);
    this.areFewLikely = entry === Entry.Yes;
    if (entry === Entry.No) {
      this.madeByNative(this.record(Kind.Promise, promise), place);
      return;
    }
    if (executions.countOpen(place.fn) > 0) {
      // this call is on the stack too
      this.dropStale(place.fn, 1, hook);
    }
    const caller = this.stack.second;
    // it was called by nobody, so that it is what runs in this execution
    if (caller === null && entry === Entry.Yes) executions.resumedUnseen = false;
    if (caller !== null && entry === Entry.Yes) this.stack.few.learnCall(place, caller);
    const isModule = place.isModule && caller?.isModuleLinker === true;
    const kind = entry === Entry.Maybe ? Kind.Promise : isModule ? Kind.Module : Kind.Function;
    const task = this.taskRecord(kind, promise);
    const calledBy = executions.open === null ? null : this.callerOf(caller, hook);
    task.by = this.idOf(calledBy);
    if (calledBy === null) this.thenables.add(task);
    else if (calledBy === undefined) this.thenables.missed();
    task.fn = place.fn;
    if (caller !== null) task.call = caller.id;
    this.madeByNative(task, place);
    // a module is entered when it is linked and runs later
    if (kind === Kind.Module) this.modules.set(place.fn, task);
    else executions.push(task);
  }

  /** As far as can be said now: it may yet turn out to be an async function. */
  private madeByNative(record: AsyncRecord, place: Place): void {
    record.site = place.id;
    if (place.isModuleJob && record.kind === Kind.Promise) record.flags |= Flag.Evaluation;
    this.lastNative = record;
  }

  private awaitedAt(promise: object, from: object, place: Place, hook: InitHook): void {
    const parent = parentOf(from);
    const isTaken = parent !== null && isResumption(from, parent);
    this.awaited(promise, isTaken ? this.wrapperOf(from, parent) : parent, place, hook);
  }

  private awaited(promise: object, parent: AsyncRecord | null, place: Place, hook: InitHook): void {
    const executions = this.executions;
    const awaiting = this.awaitingItsOwnPromise(parent, place, hook);
    if (awaiting !== null) {
      // the value or thenable gets a promise of its own first; the await itself follows with that as parent
      const wrapper = this.record(Kind.Promise, promise);
      wrapper.flags |= Flag.AwaitedValue;
      wrapper.site = place.id;
      wrapper.link = awaiting;
      awaiting.awaitSite = place.id;
      awaiting.link = wrapper;
      return;
    }
    let task = awaiterOf(parent) ?? this.openCall(place, hook, isAwaitedValue(parent));
    if (task === null) {
      if (executions.resumedUnseen && this.hasMissed) {
        this.record(Kind.Promise, promise).flags |= Flag.Unknown;
        return;
      }
      task = this.unseenTask(promise, place);
    } else {
      if (task.kind === Kind.Promise) this.recogniseFunction(task);
      executions.popTo(task, this.closed);
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
  private suspend(promise: object, task: TaskRecord, awaited: AsyncRecord | null): void {
    task.link = awaited;
    task.flags &= ~(Flag.Returned | Flag.Unknown);
    if (awaited === null) task.flags |= Flag.Unknown;
    if ((task.flags & Flag.Synthetic) !== 0) this.live.follow(task, promise);
    attachAwait(promise, task);
    this.live.markDirty(task);
  }

  /** The task that awaits at `place`, if `parent` is that task's own promise: it awaits no promise. */
  private awaitingItsOwnPromise(parent: AsyncRecord | null, place: Place, hook: InitHook): TaskRecord | null {
    if (parent === null) return null;
    // a module has a second promise of its own, which native code made
    if (place.isModule && (parent.flags & Flag.Evaluation) !== 0) {
      return this.modules.get(place.fn) ?? null;
    }
    if (isAwaitedValue(parent) || !isTask(parent)) return null;
    return this.isOwnPromise(parent, place, hook) ? parent : null;
  }

  /** Whether `parent` is the promise of the very call that awaits at `place`. */
  private isOwnPromise(parent: TaskRecord, place: Place, hook: InitHook): boolean {
    const { flags, kind } = parent;
    if (kind === Kind.Module) return parent.fn === place.fn;
    if ((flags & Flag.Open) !== 0) {
      if (kind === Kind.Generator && parent.fn === 0) {
        // a request that has only been queued is open too, and may be awaited by whoever made it
        if (this.startedRequest(hook) !== parent) return false;
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
      return true;
    }
    return false;
  }

  /** The request that runs the innermost frame, if that is a generator's and has not been suspended by it yet. */
  private startedRequest(hook: InitHook): TaskRecord | null {
    const { executions, stack } = this;
    if (executions.countOpen(0) === 0) return null;
    stack.read(hook, 2);
    if (!isRequest(stack.second)) return executions.resumedRequest();
    if (executions.countOpen(0) > 1 && !this.dropQueued(false, hook)) return null;
    return executions.innermost(0);
  }

  /**
   * Closes the last request made, if it runs nothing because it was queued behind another. It is told by its
   * frame, `next` above the place that called it. False: the stack is too deep to tell.
   */
  private dropQueued(isNew: boolean, hook: InitHook): boolean {
    const { executions } = this;
    const last = executions.innermost(0);
    if (last === null || last === executions.resumedRequest()) return true;
    const places = this.stack.all(hook, DEEPEST);
    if (places.length >= DEEPEST) return false;
    let running = 0;
    for (let i = isNew ? 1 : 0; i < places.length - executions.framesBelow; i++) {
      if (isRequest(places[i]) && (places[i + 1]?.id ?? 0) === last.site) running++;
    }
    if (executions.countRequests(last.site) > running) executions.closeCalls(0, 1, this.closed);
    return true;
  }

  /** The open call of the function at `place` that the innermost frame belongs to. */
  private openCall(place: Place, hook: InitHook, isValue = false): TaskRecord | null {
    const module = place.isModule ? this.modules.get(place.fn) : undefined;
    if (module !== undefined) return module;
    const executions = this.executions;
    const request = isValue ? null : this.startedRequest(hook);
    if (request !== null) {
      request.fn = place.fn;
      return request;
    }
    const open = executions.countOpen(place.fn);
    if ((open > 1 || executions.resumedUnseen) && !this.dropStale(place.fn, 0, hook)) return null;
    return executions.innermost(place.fn);
  }

  /** Closes the open calls of a function that are no longer on the stack. False: they could not be told. */
  private dropStale(fn: number, newCalls: number, hook: Above): boolean {
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
  private callerOf(caller: Place | null, hook: InitHook): TaskRecord | null | undefined {
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
      const module = place.isModule ? this.modules.get(place.fn) : undefined;
      if (module !== undefined) return module;
      const open = place.isBuiltin ? 0 : executions.countOpen(place.fn);
      if (open === 0) continue;
      if ((open > 1 || executions.resumedUnseen) && !this.dropStale(place.fn, 0, hook)) return undefined;
      return executions.innermost(place.fn) ?? undefined;
    }
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
  }

  private createdByBuiltin(
    promise: object,
    parent: AsyncRecord | null,
    hasParent: boolean,
    top: Place,
    hook: InitHook,
  ): void {
    const caller = this.stack.second;
    switch (top.name) {
      case 'then':
        this.createdByThen(promise, parent, caller, hook);
        return;
      case 'Promise':
      case 'withResolvers': {
        const record = this.record(Kind.New, promise);
        if (caller !== null) record.site = caller.id;
        if (top.isConstructor && caller !== null) {
          this.areFewLikely = true;
          this.stack.few.learnNew(caller, top);
        }
        if (top.name !== 'Promise') extraOf(record).type = 'Promise.withResolvers';
        this.news.add(record, caller);
        if (caller?.isDependency === true) extraOf(record).call = this.entrance(hook);
        if (caller?.isFetch === true || this.stack.third?.isFetch === true) this.lastFetch = record;
        return;
      }
      case 'all':
      case 'race':
      case 'any':
      case 'allSettled': {
        const record = this.record(Kind.Combinator, promise);
        if (caller !== null) record.site = caller.id;
        const extra = extraOf(record);
        extra.type = `Promise.${top.name}`;
        this.previousCombinator = this.lastCombinator;
        this.lastCombinator = record;
        return;
      }
      case 'next':
      case 'return':
      case 'throw':
        if (!hasParent) this.dropQueued(true, hook);
        this.createdByGenerator(promise, parent, hasParent, top, caller);
        return;
      default: {
        const record = this.record(Kind.Promise, promise);
        record.link = parent;
        if (caller !== null) record.site = caller.id;
        // what the callback of `finally` gave is resolved by a builtin without a name
        const isOfFinally = !hasParent && caller === null && top.name === '';
        extraOf(record).type = isOfFinally ? 'resolve' : top.name;
      }
    }
  }

  private createdByThen(
    promise: object,
    parent: AsyncRecord | null,
    caller: Place | null,
    hook: InitHook,
  ): void {
    if (caller === null) {
      // no frame below: the engine adopts the promise that an async function or a reaction returned
      const adopter = this.executions.current;
      this.thenables.reset();
      if (adopter !== null && adopter.kind !== Kind.Resource) {
        adopter.flags &= ~Flag.AwaitedValue;
        adopter.link = parent;
        this.live.markDirty(adopter);
      }
      return;
    }
    if (caller.isBuiltin && isCombinator(caller.name)) {
      this.addInput(parent);
      return;
    }
    if (this.thenables.isAsking && this.isCalledByEngine(caller)) this.executions.closeAll(this.closed);
    const record = this.record(Kind.Then, promise);
    record.link = parent;
    if (parent === null) record.flags |= Flag.Unknown;
    const outer = caller.isBuiltin ? this.stack.third : caller;
    if (outer !== null) record.site = outer.id;
    if (caller.isBuiltin) extraOf(record).type = caller.name;
    else this.joinExecutor(record, hook);
  }

  /** Nothing is below the function at `caller`, and it is no async one: what is open returned a promise. */
  private isCalledByEngine(caller: Place): boolean {
    return this.stack.third === null && !caller.isBuiltin && this.executions.countOpen(caller.fn) === 0;
  }

  /** A `then` in the executor of a `new Promise` is taken to settle that, as an operation there is. */
  private joinExecutor(record: AsyncRecord, hook: InitHook): void {
    const { stack } = this;
    const { third } = stack;
    if (third === null || !third.isConstructor || third.name !== 'Promise') return;
    stack.read(hook, 4);
    const around = this.news.at(stack.fourth);
    if (around === null) return;
    (extraOf(around).inputs ??= []).push(record);
    this.live.markDirty(around);
  }

  /** A combinator called `then` on one of its inputs; the promise that this made concerns nobody. */
  private addInput(input: AsyncRecord | null): void {
    if (input !== null && input === this.lastCombinator) {
      input.kind = Kind.Promise;
      input.extra = null;
      this.lastCombinator = this.previousCombinator;
    }
    let combinator = this.lastCombinator;
    const site = this.stack.third?.id ?? 0;
    if (combinator !== null && combinator.site !== site) combinator = this.previousCombinator;
    if (combinator === null || (combinator.flags & Flag.Ended) !== 0) return;
    const extra = extraOf(combinator);
    extra.inputCount++;
    if (input === null) this.isIncomplete(combinator);
    else if (!hasEnded(input)) (extra.inputs ??= []).push(input);
    this.live.markDirty(combinator);
  }

  private createdByGenerator(
    promise: object,
    parent: AsyncRecord | null,
    hasParent: boolean,
    top: Place,
    caller: Place | null,
  ): void {
    if (!hasParent) {
      const request = this.taskRecord(Kind.Generator, promise);
      if (caller !== null) request.site = caller.id;
      extraOf(request).type = top.name;
      this.executions.push(request);
      return;
    }
    if (parent !== null && parent.kind === Kind.Generator && (parent.flags & Flag.Open) !== 0) {
      const wrapper = this.record(Kind.Promise, promise);
      wrapper.flags |= Flag.AwaitedValue;
      wrapper.link = parent;
      return;
    }
    const task = awaiterOf(parent) ?? this.requestJustMade(top);
    if (task === null) return;
    this.executions.popTo(task, this.closed);
    this.suspend(promise, task, parent);
  }

  /** `return(…)` awaits its argument in native code, right after its request was made. */
  private requestJustMade(top: Place): TaskRecord | null {
    const { open } = this.executions;
    return top.name === 'return' && open !== null && open.kind === Kind.Generator && open.fn === 0
      ? open
      : null;
  }

  private entered(promise: object): void {
    this.executions.scriptEnded(this.closed);
    this.lastCombinator = this.previousCombinator = null;
    const task = known(recordOf(promise));
    if (task === null || !isResumption(promise, task)) {
      this.executions.enter(task, this.stack.budget.isLeft(), this.resumesUnseen(task));
      this.thenables.enter(task, this.executions.depth);
      return;
    }
    const isOver = hasEnded(task);
    this.executions.enter(task, this.stack.budget.isLeft(), isOver);
    if (isOver) return;
    const { link } = task;
    if (link !== null && link.sinceUs !== 0 && this.executions.seen) {
      task.readyUs += Math.max(0, (clockUs() - link.sinceUs) | 0);
    }
    task.link = null;
    task.awaitSite = 0;
    task.runs++;
    this.executions.push(task);
    this.live.markDirty(task);
  }

  /** The hooks are taken away: what happens meanwhile is not heard. */
  forgetAll(): void {
    this.hasMissed = false;
    this.unrecorded = 0;
    this.news.forget();
    this.thenables.reset();
    this.modules.clear();
    this.lastFetch = this.lastNative = this.lastCombinator = this.previousCombinator = null;
  }

  /** Whether the promise that goes on now may be that of an await which was not recorded. */
  private resumesUnseen(record: AsyncRecord | null): boolean {
    return record === null || (record.kind === Kind.Promise && (record.flags & Flag.Unknown) !== 0);
  }

  private settledRecord(record: AsyncRecord, promise: object): void {
    const { flags } = record;
    if ((flags & Flag.Ended) !== 0) return;
    if ((flags & Flag.Sent) !== 0 && record.kind === Kind.Function) this.live.keepSettled(record.id, promise);
    if (isTask(record)) this.taskSettled(record);
    this.live.end(record);
    record.sinceUs = this.executions.seen ? clockUs() : 0;
  }

  private taskSettled(task: TaskRecord): void {
    if (task.kind === Kind.Module) this.modules.delete(task.fn);
    if ((task.flags & Flag.Open) === 0) return;
    // a promise that was only taken for a possible function says nothing of those above it
    if (task.kind === Kind.Promise) task.flags &= ~Flag.Open;
    else this.executions.popTo(task, this.closed);
  }
}

type InitHook = EnginePromiseHooks['init'];
type Hook = EnginePromiseHooks['before'];

/** Nothing is known any more of what was there when the hooks were taken away. */
function known<R extends AsyncRecord>(record: R | null): R | null {
  return record !== null && (record.flags & Flag.Forgotten) !== 0 ? null : record;
}

function parentOf(from: object | undefined): AsyncRecord | null {
  return from === undefined ? null : known(recordOf(from));
}

function isAwaitedValue(record: AsyncRecord | null): boolean {
  return record !== null && (record.flags & Flag.AwaitedValue) !== 0;
}

/** The task for whose await of a value or thenable the promise was made. */
function awaiterOf(record: AsyncRecord | null): TaskRecord | null {
  const task = record !== null && isAwaitedValue(record) ? record.link : null;
  return task !== null && isTask(task) ? task : null;
}

function hasEnded(record: AsyncRecord): boolean {
  return (record.flags & Flag.Ended) !== 0;
}

function isRequest(place: Place | null | undefined): boolean {
  if (place?.isBuiltin !== true) return false;
  return place.name === 'next' || place.name === 'return' || place.name === 'throw';
}

function isCombinator(name: string): boolean {
  return name === 'all' || name === 'race' || name === 'any' || name === 'allSettled';
}
