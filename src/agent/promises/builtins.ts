import type { LiveList } from '../records/liveList.js';
import { type AsyncRecord, extraOf, Flag, Kind, type TaskRecord } from '../records/records.js';
import type { Above } from '../stacks/capture.js';
import type { Place } from '../stacks/place.js';
import type { Stack } from '../stacks/stack.js';
import type { Awaits } from './awaits.js';
import type { Executions } from './executions.js';
import type { ExpectedStack } from './expectedStack.js';
import type { GeneratorRequests } from './generatorRequests.js';
import type { NewPromises } from './newPromises.js';
import type { OpenCalls } from './openCalls.js';
import { awaiterOf, hasEnded, type PromiseRecords } from './promiseRecords.js';
import type { Thenables } from './thenables.js';

/** How far down the program's own code is looked for below that of packages. */
const ENTRANCE_DEPTH = 24;

/** A promise that a function of the language made: `new Promise`, `then`, `Promise.all`, a request to a generator. */
export class Builtins {
  /** The promise that the last `fetch` returned. */
  lastFetch: AsyncRecord | null = null;
  private lastCombinator: AsyncRecord | null = null;
  /** The one before: a plain value among the inputs gets a promise that looks like a combinator of its own. */
  private previousCombinator: AsyncRecord | null = null;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly records: PromiseRecords,
    private readonly calls: OpenCalls,
    private readonly requests: GeneratorRequests,
    private readonly awaits: Awaits,
    private readonly news: NewPromises,
    private readonly thenables: Thenables,
    private readonly expected: ExpectedStack,
  ) {}
  created(promise: object, parent: AsyncRecord | null, hasParent: boolean, top: Place, hook: Above): void {
    const caller = this.stack.second;
    switch (top.name) {
      case 'then':
        this.createdByThen(promise, parent, caller, hook);
        return;
      case 'Promise':
      case 'withResolvers': {
        const record = this.records.create(Kind.New, promise);
        if (caller !== null) record.site = caller.id;
        if (top.isConstructor && caller !== null) {
          this.expected.areFewLikely = true;
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
        const record = this.records.create(Kind.Combinator, promise);
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
        if (!hasParent) this.requests.dropQueued(true, hook);
        this.createdByGenerator(promise, parent, hasParent, top, caller);
        return;
      default: {
        const record = this.records.create(Kind.Promise, promise);
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
    hook: Above,
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
    if (this.thenables.isAsking && this.isCalledByEngine(caller)) this.executions.closeAll(this.calls.closed);
    const record = this.records.create(Kind.Then, promise);
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
  private joinExecutor(record: AsyncRecord, hook: Above): void {
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
    if (input === null) this.records.markIncomplete(combinator);
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
      const request = this.records.createTask(Kind.Generator, promise);
      if (caller !== null) request.site = caller.id;
      extraOf(request).type = top.name;
      this.executions.push(request);
      const { recorder } = this.executions;
      if (recorder.isOn) recorder.began(request, request.sinceUs);
      return;
    }
    if (parent !== null && parent.kind === Kind.Generator && (parent.flags & Flag.Open) !== 0) {
      const wrapper = this.records.create(Kind.Promise, promise);
      wrapper.flags |= Flag.AwaitedValue;
      wrapper.link = parent;
      return;
    }
    const task = awaiterOf(parent) ?? this.requestJustMade(top);
    if (task === null) return;
    this.executions.popTo(task, this.calls.closed);
    this.awaits.suspend(promise, task, parent);
  }

  /** `return(…)` awaits its argument in native code, right after its request was made. */
  private requestJustMade(top: Place): TaskRecord | null {
    const { open } = this.executions;
    return top.name === 'return' && open !== null && open.kind === Kind.Generator && open.fn === 0
      ? open
      : null;
  }

  /** Site id in the function of a package that the program called: the package itself made the promise. */
  private entrance(hook: Above): number {
    let entrance = 0;
    for (const place of this.stack.all(hook, ENTRANCE_DEPTH)) {
      if (place.isBuiltin || place.isInternal) continue;
      if (!place.isDependency) return entrance;
      if (place.name !== '') entrance = place.id;
    }
    return 0;
  }

  /** A promise was not recorded that may have been an input of a combinator. */
  missedInput(): void {
    this.records.markIncomplete(this.lastCombinator);
    this.records.markIncomplete(this.previousCombinator);
  }

  /** What was made before this execution is not made on. */
  forgetCombinators(): void {
    this.lastCombinator = this.previousCombinator = null;
  }
}

function isCombinator(name: string): boolean {
  return name === 'all' || name === 'race' || name === 'any' || name === 'allSettled';
}
