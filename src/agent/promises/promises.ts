/**
 * The promise hooks. They link each task (a call of an async function) to what it awaits, from two facts: the
 * engine gives the parent of a promise, and the top of the call stack tells which construct made it.
 *
 * - no parent, top frame a function: an async function was entered (`asyncFunctions.ts`);
 * - parent, top frame a function: an await (`awaits.ts`);
 * - top frame a builtin (`then`, `Promise`, `all`, `next` …): that construct (`builtins.ts`).
 */
import { captureStackTrace, closeCapture, openCapture } from '../stacks/capture.js';
import { clockUs } from '../clocks/clock.js';
import type { LiveList } from '../records/liveList.js';
import { isResumption, recordOf } from '../records/privateRecord.js';
import { type AsyncRecord, extraOf, Flag, isTask, Kind } from '../records/records.js';
import { AS_IT_RUNS, type Frame, getCallSites } from '../stacks/partialStack.js';
import type { Stack } from '../stacks/stack.js';
import { AsyncFunctions } from './asyncFunctions.js';
import { Awaits } from './awaits.js';
import { Builtins } from './builtins.js';
import type { Executions } from './executions.js';
import { ExpectedStack } from './expectedStack.js';
import { GeneratorRequests } from './generatorRequests.js';
import { NewPromises } from './newPromises.js';
import type { EnginePromiseHooks } from './nodesPromiseHooks.js';
import { OpenCalls } from './openCalls.js';
import { hasEnded, known, parentOf, PromiseRecords } from './promiseRecords.js';
import { Thenables } from './thenables.js';

export class PromiseHooks {
  readonly news = new NewPromises();
  readonly thenables = new Thenables();
  private readonly expected: ExpectedStack;
  readonly records: PromiseRecords;
  readonly calls: OpenCalls;
  private readonly awaits: Awaits;
  private readonly functions: AsyncFunctions;
  private readonly builtins: Builtins;
  /** Promises with a parent since the last poll. */
  private withParent = 0;
  /** Errors caught in the hooks. They must never reach the program. */
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
  ) {
    const { news, thenables } = this;
    const expected = new ExpectedStack(stack, executions);
    const records = new PromiseRecords(live, executions, thenables);
    const calls = new OpenCalls(live, executions, stack);
    const requests = new GeneratorRequests(executions, stack, calls);
    const awaits = new Awaits(live, executions, stack, records, calls, requests);
    this.functions = new AsyncFunctions(executions, stack, records, calls, thenables, expected);
    this.builtins = new Builtins(
      live,
      executions,
      stack,
      records,
      calls,
      requests,
      awaits,
      news,
      thenables,
      expected,
    );
    this.expected = expected;
    this.records = records;
    this.calls = calls;
    this.awaits = awaits;
  }
  /** The promise that the last `fetch` returned. */
  get lastFetch(): AsyncRecord | null {
    return this.builtins.lastFetch;
  }

  /** The last promise made outside JavaScript: the operation that follows at once settles it. */
  get lastNative(): AsyncRecord | null {
    return this.functions.lastNative;
  }

  /** The native promise was taken for what it is: it is no async function. */
  takeNative(): void {
    this.functions.takeNative();
  }

  /** What the engine calls. Plain functions without `this`: made once. */
  install(): EnginePromiseHooks {
    const { executions, stack, expected, records } = this;
    const { closed } = this.calls;
    const init: InitHook = (promise, parent) => {
      if (parent !== undefined) this.withParent++;
      try {
        if (!executions.seen) {
          this.missed(parent !== undefined);
        } else if (!stack.budget.take()) {
          executions.stopSeeing(closed);
          this.missed(parent !== undefined);
        } else {
          const few = expected.partial(parent !== undefined);
          const isTold =
            few > 0 &&
            this.createdWhereKnown(
              promise,
              parent,
              getCallSites(1 + stack.wanted(init, few), AS_IT_RUNS),
              init,
            );
          if (!isTold) {
            const depth = parent === undefined ? 2 : expected.childDepth;
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
        executions.leave(closed);
      } catch {
        this.errors++;
      }
    };
    const settled: Hook = (promise) => {
      try {
        const record = recordOf(promise);
        if (record === null) {
          if (records.unrecorded > 0) records.unrecorded--;
        } else if (!isResumption(promise, record)) {
          this.settledRecord(record, promise);
        }
      } catch {
        this.errors++;
      }
    };
    return { init, before, after, settled };
  }

  /** The callback ends of what was to settle a promise: what it has begun may be what does now. */
  wentOn(): void {
    const { executions, thenables, live } = this;
    const asker = thenables.leave(executions.depth, executions.seen);
    if (asker === null) return;
    const extra = extraOf(asker);
    extra.inputs = (extra.inputs ?? []).filter((input) => !hasEnded(input));
    for (const begun of extra.inputs) if (begun.kind === Kind.Resource) extraOf(begun).settles = asker;
    live.markDirty(asker);
  }

  /** How many promises with a parent were made since this was asked last. */
  takeMade(): number {
    const { withParent } = this;
    this.withParent = 0;
    return withParent;
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
      this.awaits.awaitedAt(promise, from, top, hook);
    } else if (top.isBuiltin) {
      this.builtins.created(promise, null, false, top, hook);
    } else {
      if (second === null || !few.isCall(top, second)) return false;
      this.functions.entered(promise, top, hook);
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
    const { stack, expected } = this;
    const hasParent = from !== undefined;
    stack.readFrom(frames, hook, depth);
    const top = stack.top;
    if (top === null) {
      this.records.create(Kind.Promise, promise).link = parentOf(from);
    } else if (top.isBuiltin) {
      if (hasParent ? depth < 3 : stack.second?.isInternal === true) stack.read(hook, 3);
      if (hasParent) expected.childDepth = 3;
      else expected.areFewLikely = false;
      if (hasParent) stack.few.exclude(stack.second?.isBuiltin === true ? stack.third : stack.second);
      this.builtins.created(promise, parentOf(from), hasParent, top, hook);
    } else if (hasParent) {
      expected.childDepth = 1;
      stack.few.learnAwait(top);
      this.awaits.awaitedAt(promise, from, top, hook);
    } else {
      this.functions.entered(promise, top, hook);
    }
    stack.budget.spent();
  }

  /** Beyond the budget a promise is counted only: nobody could be told what it is. */
  private missed(hasParent: boolean): void {
    this.stack.budget.skipped++;
    this.records.hasMissed = true;
    if (hasParent) {
      // this may have been one of their inputs
      this.builtins.missedInput();
      this.records.markIncomplete(this.news.last);
    } else {
      this.records.unrecorded++;
      // this may have been another one
      this.news.forget();
      this.functions.lastNative = this.builtins.lastFetch = null;
    }
  }

  private entered(promise: object): void {
    this.executions.scriptEnded(this.calls.closed);
    this.builtins.forgetCombinators();
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
    let readyUs = 0;
    if (link !== null && link.sinceUs !== 0 && this.executions.seen) {
      const fromUs = task.readyFromUs === 0 ? link.sinceUs : task.readyFromUs;
      readyUs = Math.max(0, (clockUs() - fromUs) | 0);
      task.readyUs += readyUs;
    }
    task.link = null;
    task.awaitSite = 0;
    task.runs++;
    this.executions.push(task);
    const { recorder } = this.executions;
    if (recorder.isOn) recorder.resumed(task, task.sinceUs === 0 ? clockUs() : task.sinceUs, readyUs);
    this.live.markDirty(task);
  }

  /** The hooks are taken away: what happens meanwhile is not heard. */
  forgetAll(): void {
    this.records.hasMissed = false;
    this.records.unrecorded = 0;
    this.news.forget();
    this.thenables.reset();
    this.calls.modules.clear();
    this.builtins.forgetCombinators();
    this.builtins.lastFetch = this.functions.lastNative = null;
  }

  /** Whether the promise that goes on now may be that of an await which was not recorded. */
  private resumesUnseen(record: AsyncRecord | null): boolean {
    return record === null || (record.kind === Kind.Promise && (record.flags & Flag.Unknown) !== 0);
  }

  private settledRecord(record: AsyncRecord, promise: object): void {
    const { flags } = record;
    if ((flags & Flag.Ended) !== 0) return;
    if ((flags & Flag.Sent) !== 0 && record.kind === Kind.Function) this.live.keepSettled(record.id, promise);
    if (isTask(record)) this.calls.settled(record);
    this.live.end(record);
    record.sinceUs = this.executions.seen ? clockUs() : 0;
    const { recorder } = this.executions;
    if (recorder.isOn && record.kind <= Kind.Module)
      recorder.settled(record, record.sinceUs === 0 ? clockUs() : record.sinceUs);
  }
}

type InitHook = EnginePromiseHooks['init'];
type Hook = EnginePromiseHooks['before'];
