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
import { clockUs, recentMs } from './clock.js';
import type { Executions } from './executions.js';
import type { LiveList } from './liveList.js';
import {
  type AsyncRecord,
  extraOf,
  Flag,
  Kind,
  recordOf,
  stamp,
  stampWait,
  waitingTaskOf,
} from './records.js';
import { Entry, type Place } from './sites.js';
import type { Stack } from './stack.js';

/** A stack with more frames than this is not searched for nested calls of one function. */
const DEEPEST = 200;

export class PromiseHooks {
  /** The last `new Promise` or `withResolvers`, for the operation that its executor starts. */
  lastNew: AsyncRecord | null = null;
  lastNewPlace: Place | null = null;
  /** The promise that the last `fetch` returned. */
  lastFetch: AsyncRecord | null = null;
  /** The last promise made outside JavaScript: the operation that follows at once settles it. */
  lastNative: AsyncRecord | null = null;
  private lastCombinator: AsyncRecord | null = null;
  /** The one before: a plain value among the inputs gets a promise that looks like a combinator of its own. */
  private previousCombinator: AsyncRecord | null = null;
  /** Modules with a top-level await that are not done, by function identity. */
  private readonly modules = new Map<number, AsyncRecord>();
  /** Errors caught in the hooks. They must never reach the program. */
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
  ) {}

  /** Node itself made the last `new Promise`, and it is pending. */
  get isInNodesPromise(): boolean {
    return this.lastNewPlace?.isInternal === true && this.lastNew !== null && !hasEnded(this.lastNew);
  }

  /** The native promise was taken for what it is: it is no async function. */
  takeNative(): void {
    const record = this.lastNative;
    this.lastNative = null;
    if (record === null || record.kind !== Kind.Promise) return;
    record.flags &= ~Flag.Open;
  }

  /** What the engine calls. Plain functions without `this`: made once. */
  install(): { init: InitHook; before: Hook; after: Hook; settled: Hook } {
    const init: InitHook = (promise, parent) => {
      try {
        this.created(promise, parent === undefined ? null : recordOf(parent), parent !== undefined, init);
      } catch {
        this.errors++;
      }
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
        this.executions.leave(this.closed);
      } catch {
        this.errors++;
      }
    };
    const settled: Hook = (promise) => {
      try {
        const record = recordOf(promise);
        if (record !== null) this.settledRecord(record, promise);
      } catch {
        this.errors++;
      }
    };
    return { init, before, after, settled };
  }

  /** A function that is open no longer: it ended, was suspended, or returned a promise. */
  readonly closed = (task: AsyncRecord): void => {
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
        task.link = (task.flags & Flag.Returned) !== 0 && !hasEnded(link) ? task : null;
        this.live.end(link);
      }
      this.live.touch(task);
    }
  };

  private record(kind: Kind, promise: object): AsyncRecord {
    const record = this.live.create(kind, recentMs(), promise, this.executions.running?.id ?? 0);
    stamp(promise, record);
    return record;
  }

  private created(promise: object, parent: AsyncRecord | null, hasParent: boolean, hook: InitHook): void {
    const { executions, stack } = this;
    if (executions.seen && !stack.budget.take()) executions.stopSeeing(this.closed);
    if (!executions.seen) {
      this.createdUnseen(promise, parent);
      return;
    }
    stack.read(hook, hasParent ? 1 : 2);
    const top = stack.top;
    if (top === null) {
      this.record(Kind.Promise, promise).link = parent;
    } else if (top.isBuiltin) {
      if (hasParent || stack.second?.isInternal === true) stack.read(hook, 3);
      this.createdByBuiltin(promise, parent, hasParent, top);
    } else if (hasParent) {
      this.awaited(promise, parent, top, hook);
    } else {
      this.functionEntered(promise, top, hook);
    }
    stack.budget.spent();
  }

  /** Beyond the budget: the promise is kept, its kind and place are not known. */
  private createdUnseen(promise: object, parent: AsyncRecord | null): void {
    this.stack.budget.skipped++;
    if (parent !== null) {
      // this may have been one of their inputs
      this.inputMissed(this.lastCombinator);
      this.inputMissed(this.previousCombinator);
    }
    const record = this.record(Kind.Promise, promise);
    record.link = parent;
    record.flags |= Flag.Unknown;
  }

  private inputMissed(combinator: AsyncRecord | null): void {
    if (combinator === null) return;
    combinator.flags |= Flag.Unknown;
    this.live.touch(combinator);
  }

  private functionEntered(promise: object, place: Place, hook: InitHook): void {
    const executions = this.executions;
    const entry = this.stack.places.entryAt(place);
    if (entry !== Entry.No && executions.countOpen(place.fn) > 0) {
      // this call is on the stack too
      this.dropStale(place.fn, 1, hook);
    }
    const isModule = place.isModule && this.stack.second?.isModuleLinker === true;
    const kind = entry !== Entry.Yes ? Kind.Promise : isModule ? Kind.Module : Kind.Function;
    const record = this.record(kind, promise);
    record.site = place.id;
    record.fn = place.fn;
    if (this.stack.second !== null) record.call = this.stack.second.id;
    if (place.isModuleJob && kind === Kind.Promise) record.flags |= Flag.Evaluation;
    this.lastNative = record;
    // a module is entered when it is linked and runs later
    if (kind === Kind.Module) this.modules.set(place.fn, record);
    else if (entry !== Entry.No) executions.push(record);
  }

  private awaited(promise: object, parent: AsyncRecord | null, place: Place, hook: InitHook): void {
    const executions = this.executions;
    const awaiting = this.awaitingItsOwnPromise(parent, place, hook);
    if (awaiting !== null) {
      // the value or thenable gets a promise of its own first; the await itself follows with that as parent
      const wrapper = this.record(Kind.Promise, promise);
      wrapper.flags |= Flag.AwaitedValue;
      wrapper.site = place.id;
      wrapper.owner = awaiting;
      awaiting.awaitSite = place.id;
      awaiting.link = wrapper;
      return;
    }
    let task =
      parent !== null && (parent.flags & Flag.AwaitedValue) !== 0 && parent.owner !== null
        ? parent.owner
        : this.openCall(place, hook);
    if (task === null) {
      if (executions.resumedUnseen) {
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

  /** `promise` is the hidden one of an await, and will resume `task`. */
  private suspend(promise: object, task: AsyncRecord, awaited: AsyncRecord | null): void {
    task.link = awaited;
    task.flags &= ~(Flag.Returned | Flag.Unknown);
    if (awaited === null) task.flags |= Flag.Unknown;
    stampWait(promise, task);
    this.live.touch(task);
  }

  /** The task that awaits at `place`, if `parent` is that task's own promise: it awaits no promise. */
  private awaitingItsOwnPromise(
    parent: AsyncRecord | null,
    place: Place,
    hook: InitHook,
  ): AsyncRecord | null {
    if (parent === null) return null;
    // a module has a second promise of its own, which native code made
    if (place.isModule && (parent.flags & Flag.Evaluation) !== 0) {
      return this.modules.get(place.fn) ?? null;
    }
    if ((parent.flags & Flag.AwaitedValue) !== 0) return null;
    return this.isOwnPromise(parent, place, hook) ? parent : null;
  }

  /** Whether `parent` is the promise of the very call that awaits at `place`. */
  private isOwnPromise(parent: AsyncRecord, place: Place, hook: InitHook): boolean {
    const { flags, kind } = parent;
    if (kind === Kind.Module) return parent.fn === place.fn;
    if ((flags & Flag.Open) !== 0) {
      if (kind === Kind.Generator && parent.fn === 0) {
        // a request that has only been queued is open too, and may be awaited by whoever made it
        if (!this.isRequestRunning(hook)) return false;
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
      if ((flags & Flag.Ended) !== 0 || isSuspended || this.executions.countOpen(place.fn) > 0) return false;
      // a request that was queued behind another one and is served now
      parent.fn = place.fn;
      this.executions.push(parent);
      return true;
    }
    return false;
  }

  /** Whether the innermost frame is that of a generator's function which a request has just started. */
  private isRequestRunning(hook: InitHook): boolean {
    this.stack.read(hook, 2);
    const caller = this.stack.second;
    return caller !== null && caller.isBuiltin && isRequest(caller.name);
  }

  /** The open call of the function at `place` that the innermost frame belongs to. */
  private openCall(place: Place, hook: InitHook): AsyncRecord | null {
    const module = place.isModule ? this.modules.get(place.fn) : undefined;
    if (module !== undefined) return module;
    const executions = this.executions;
    const open = executions.countOpen(place.fn);
    if (open > 1 || executions.resumedUnseen) this.dropStale(place.fn, 0, hook);
    const call = executions.innermost(place.fn);
    if (call !== null || executions.resumedUnseen) return call;
    const request = executions.newRequest();
    if (request !== null) request.fn = place.fn;
    return request;
  }

  /** Closes the open calls of a function that are no longer on the stack. */
  private dropStale(fn: number, newCalls: number, hook: InitHook): void {
    const places = this.stack.all(hook, DEEPEST);
    // the bottom frame of an execution that resumed an unknown call is that call
    const known = this.executions.resumedUnseen ? places.length - 1 : places.length;
    let frames = 0;
    for (let i = 0; i < known; i++) if (places[i]?.fn === fn) frames++;
    if (places.length >= DEEPEST) return;
    const stale = this.executions.countOpen(fn) + newCalls - frames;
    if (stale > 0) this.executions.closeCalls(fn, stale, this.closed);
  }

  /** A call whose start was not seen (before the agent, beyond the budget): it lives until it is resumed. */
  private unseenTask(promise: object, place: Place): AsyncRecord {
    const kind = place.isModule ? Kind.Module : Kind.Function;
    const task = this.live.create(kind, recentMs(), promise, 0);
    task.flags |= Flag.Synthetic;
    task.site = place.id;
    task.fn = place.fn;
    return task;
  }

  private recogniseFunction(task: AsyncRecord): void {
    task.kind = Kind.Function;
    this.stack.places.learnEntry(task.fn);
  }

  private createdByBuiltin(
    promise: object,
    parent: AsyncRecord | null,
    hasParent: boolean,
    top: Place,
  ): void {
    const caller = this.stack.second;
    switch (top.name) {
      case 'then':
        this.createdByThen(promise, parent, caller);
        return;
      case 'Promise':
      case 'withResolvers': {
        const record = this.record(Kind.New, promise);
        if (caller !== null) record.site = caller.id;
        if (top.name !== 'Promise') extraOf(record).type = 'Promise.withResolvers';
        this.lastNew = record;
        this.lastNewPlace = caller;
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
        this.createdByGenerator(promise, parent, hasParent, top, caller);
        return;
      default: {
        const record = this.record(Kind.Promise, promise);
        record.link = parent;
        if (caller !== null) record.site = caller.id;
        extraOf(record).type = top.name;
      }
    }
  }

  private createdByThen(promise: object, parent: AsyncRecord | null, caller: Place | null): void {
    if (caller === null) {
      // no frame below: the engine adopts the promise that an async function or a reaction returned
      const adopter = this.executions.current;
      if (adopter !== null && adopter.kind !== Kind.Resource) {
        adopter.link = parent;
        this.live.touch(adopter);
      }
      return;
    }
    if (caller.isBuiltin && isCombinator(caller.name)) {
      this.addInput(parent);
      return;
    }
    const record = this.record(Kind.Then, promise);
    record.link = parent;
    const outer = caller.isBuiltin ? this.stack.third : caller;
    if (outer !== null) record.site = outer.id;
    if (caller.isBuiltin) extraOf(record).type = caller.name;
  }

  /** A combinator called `then` on one of its inputs; the promise that this made concerns nobody. */
  private addInput(input: AsyncRecord | null): void {
    if (input !== null && input === this.lastCombinator) {
      input.kind = Kind.Promise;
      this.lastCombinator = this.previousCombinator;
    }
    let combinator = this.lastCombinator;
    const site = this.stack.third?.id ?? 0;
    if (combinator !== null && combinator.site !== site) combinator = this.previousCombinator;
    if (combinator === null || (combinator.flags & Flag.Ended) !== 0) return;
    const extra = extraOf(combinator);
    extra.inputCount++;
    if (input !== null && (input.flags & Flag.Ended) === 0) (extra.inputs ??= []).push(input);
  }

  private createdByGenerator(
    promise: object,
    parent: AsyncRecord | null,
    hasParent: boolean,
    top: Place,
    caller: Place | null,
  ): void {
    if (!hasParent) {
      const request = this.record(Kind.Generator, promise);
      if (caller !== null) request.site = caller.id;
      extraOf(request).type = top.name;
      this.executions.push(request);
      return;
    }
    if (parent !== null && parent.kind === Kind.Generator && (parent.flags & Flag.Open) !== 0) {
      const wrapper = this.record(Kind.Promise, promise);
      wrapper.flags |= Flag.AwaitedValue;
      wrapper.owner = parent;
      return;
    }
    const isOwned = parent !== null && (parent.flags & Flag.AwaitedValue) !== 0;
    const task = isOwned ? parent.owner : this.requestJustMade(top);
    if (task === null) return;
    this.executions.popTo(task, this.closed);
    this.suspend(promise, task, parent);
  }

  /** `return(promise)` awaits its argument in native code, right after its request was made. */
  private requestJustMade(top: Place): AsyncRecord | null {
    const { open } = this.executions;
    return top.name === 'return' && open !== null && open.kind === Kind.Generator && open.fn === 0
      ? open
      : null;
  }

  private entered(promise: object): void {
    this.executions.scriptEnded(this.closed);
    this.lastCombinator = this.previousCombinator = null;
    const task = waitingTaskOf(promise);
    if (task === null) {
      const record = recordOf(promise);
      const unseen = record !== null && record.kind === Kind.Promise && (record.flags & Flag.Unknown) !== 0;
      this.executions.enter(record, this.stack.budget.isLeft(), unseen);
      return;
    }
    this.executions.enter(task, this.stack.budget.isLeft(), false);
    if ((task.flags & Flag.Ended) !== 0) return;
    const { link } = task;
    if (link !== null && link.sinceUs !== 0 && this.executions.seen) {
      task.readyUs += Math.max(0, (clockUs() - link.sinceUs) | 0);
    }
    task.link = null;
    task.awaitSite = 0;
    task.runs++;
    this.executions.push(task);
    this.live.touch(task);
  }

  private settledRecord(record: AsyncRecord, promise: object): void {
    const { flags } = record;
    if ((flags & Flag.Ended) !== 0) return;
    if ((flags & Flag.Sent) !== 0 && record.kind === Kind.Function) this.live.keepSettled(record.id, promise);
    if (record.kind === Kind.Module) this.modules.delete(record.fn);
    if ((record.flags & Flag.Open) !== 0) {
      // a promise that was only taken for a possible function says nothing of those above it
      if (record.kind === Kind.Promise) record.flags &= ~Flag.Open;
      else this.executions.popTo(record, this.closed);
    }
    this.live.end(record);
    record.sinceUs = this.executions.seen ? clockUs() : 0;
  }
}

type InitHook = (promise: Promise<unknown>, parent: Promise<unknown> | undefined) => void;
type Hook = (promise: Promise<unknown>) => void;

function hasEnded(record: AsyncRecord): boolean {
  return (record.flags & Flag.Ended) !== 0;
}

function isRequest(name: string): boolean {
  return name === 'next' || name === 'return' || name === 'throw';
}

function isCombinator(name: string): boolean {
  return name === 'all' || name === 'race' || name === 'any' || name === 'allSettled';
}
