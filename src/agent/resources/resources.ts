/**
 * The async_hooks of everything that is not a promise: timers, requests, sockets, servers. They give the tree
 * its leaves, and their callbacks bound the turns of the event loop. There is no `destroy` hook: it would cost
 * more than all the others together. What ends without a word is found over (`unobservedCompletions.ts`).
 */
import { type Above, captureStackTrace, closeCapture, openCapture } from '../stacks/capture.js';
import type { ClientRequests } from './clientRequests.js';
import { clockUs, nowMs, recentMs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import { IdTable } from '../records/idTable.js';
import { dueTime } from '../eventLoop/loopIteration.js';
import { isConnection, reusedHandle } from './handleOwner.js';
import { KnownIds } from '../records/knownIds.js';
import type { LiveList } from '../records/liveList.js';
import { isRefedTimer } from './unrefState.js';
import { targetOf } from '../records/liveList.js';
import { executionAsyncResource } from '../realm/nodesFunctions.js';
import { olderResources } from './olderResources.js';
import type { Operations } from './operations.js';
import type { PromiseHooks } from '../promises/promises.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';
import type { Recorder } from '../recording/recorder.js';
import { RecordRate } from './recordRate.js';
import { CONNECTION, type ServerRequests } from './serverRequests.js';
import { TEST } from './tests.js';
import { isCryptoJob, isOver } from './unobservedCompletions.js';
import { recordOf, reattachRecord, attachRecord } from '../records/privateRecord.js';
import type { Stack } from '../stacks/stack.js';
import type { Turns } from '../eventLoop/turns.js';
import { DeferredTimers } from './deferredTimers.js';

/** How far down the caller is looked for under the code of Node that made the resource. */
const DEPTH = 14;

/** Ticks and microtasks belong to the turn that set them off; they are too many and too short to be kept. */
function isTick(type: string): boolean {
  return type === 'TickObject' || type === 'Microtask';
}

/** Other records are understood by it: it has one however many there are. */
function isNeeded(type: string): boolean {
  return type === 'FSREQPROMISE' || type === CONNECTION || type === TEST;
}

/** Requests are over when their one callback was called. */
function isOneShot(type: string): boolean {
  return (
    /(?:REQWRAP|QUERYWRAP|REQCALLBACK|CONNECTWRAP|WRITEWRAP|SHUTDOWNWRAP)$/.test(type) ||
    type === 'FSREQPROMISE' ||
    isCryptoJob(type) ||
    type === 'FILEHANDLECLOSEREQ' ||
    type === 'Immediate'
  );
}

export class ResourceHooks {
  private readonly byAsyncId = new KnownIds();
  /** Ticks that have not run yet. */
  private readonly ticks = new IdTable();
  /**
   * What has no record (timers of Node's libraries, what is made too often, what is older than the agent) and whose
   * callback runs, the innermost last, where it must be told from promises.
   */
  private readonly openUnrecorded: number[] = [];
  private readonly young: DeferredTimers;
  private readonly rate = new RecordRate();
  private readonly oneShot = new Map<string, boolean>();
  /** Resources since the last poll. */
  private made = 0;
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly promises: PromiseHooks,
    private readonly operations: Operations,
    private readonly serverRequests: ServerRequests,
    private readonly clientRequests: ClientRequests,
    private readonly turns: Turns,
    /** Whether async_hooks leaves promises alone, so that every id is that of a resource. */
    private readonly promisesAreLeftOut: boolean,
    private readonly recorder: Recorder,
  ) {
    this.young = new DeferredTimers((asyncId, timer, bornMs, by) => {
      const record = this.record(asyncId, 'Timeout', timer, bornMs, by);
      if (recorder.isOn) recorder.operationBegan(record, clockUs() - Math.round(nowMs() - bornMs) * 1_000);
      return record;
    });
    live.onResourceEnd = (record, extra) => {
      this.byAsyncId.delete(extra.asyncId);
      if (recorder.isOn) recorder.operationEnded(record);
    };
  }

  install(): ResourceCallbacks {
    const init = (asyncId: number, type: string, _trigger: number, resource: object): void => {
      if (type === 'PROMISE') return;
      this.made++;
      try {
        if (this.promises.thenables.isAsking && isTick(type)) this.tickBegun(init);
        const operation = this.created(asyncId, type, resource);
        if (operation !== null && this.operations.begin(operation)) {
          const capture = openCapture(this.stack.wanted(init, DEPTH));
          captureStackTrace(capture.holder, init);
          this.operations.locate(operation, closeCapture(capture), DEPTH, init);
        }
        if (operation !== null && this.recorder.isOn) this.recorder.operationBegan(operation, clockUs());
      } catch {
        this.errors++;
      }
      this.live.isFilling = false;
    };
    const before = (asyncId: number): void => {
      try {
        this.entered(asyncId, before);
      } catch {
        this.errors++;
      }
      this.live.isFilling = false;
    };
    return {
      init,
      before,
      after: (asyncId) => {
        try {
          this.left(asyncId);
        } catch {
          this.errors++;
        }
      },
    };
  }

  /** The agent comes while the program runs: what Node can name of what is older gets its records. */
  findOlder(): void {
    for (const { asyncId, type, resource } of olderResources()) {
      const record = this.record(asyncId, type, resource, 0, 0);
      if (isConnection(type)) this.mark(resource, record);
    }
    this.live.isFilling = false;
  }

  /** How many were made since this was asked last. */
  takeMade(): number {
    const { made } = this;
    this.made = 0;
    return made;
  }

  /** Its record, if it is an operation whose start is to be found. */
  private created(asyncId: number, type: string, resource: object): AsyncRecord | null {
    if (isTick(type)) {
      this.ticks.add(asyncId);
      return null;
    }
    if (type === 'HTTPCLIENTREQUEST') {
      const request = this.clientRequests.of(resource);
      if (request !== null) this.know(asyncId, request);
      return null;
    }
    if (type === 'Timeout' && this.isNodesOwn(resource)) return null;
    const reused = reusedHandle(type, resource);
    if (reused !== null) {
      this.reuse(asyncId, type, reused);
      return null;
    }
    if (!isNeeded(type) && !this.rate.take(recentMs())) {
      this.live.dropped++;
      this.promises.thenables.missed();
      this.operations.missed();
      return null;
    }
    if (type === 'Timeout' && this.operations.isBlind) {
      this.operations.skip();
      const by = this.executions.open === null ? this.executions.origin : 0;
      this.young.put(asyncId, resource, recentMs(), by);
      return null;
    }
    const record = this.record(asyncId, type, resource, recentMs(), this.executions.origin);
    if (isConnection(type)) this.mark(resource, record);
    this.serverRequests.track(record, type);
    // what a test begins stands below it
    if (type === TEST) record.flags |= Flag.Request;
    if (type === 'FSREQPROMISE' && this.operations.settlesLastNative(record)) {
      if (this.recorder.isOn) this.recorder.operationBegan(record, clockUs());
      return null;
    }
    return record;
  }

  /** A thenable's `then` has called `process.nextTick` or `queueMicrotask`; ticks that Node makes belong to an operation. */
  private tickBegun(hook: Above): void {
    const { executions, promises, stack } = this;
    if (executions.open !== null) return;
    const caller = stack.budget.isLeft() ? stack.all(hook, 2)[1] : undefined;
    if (caller?.isInternal !== true) promises.thenables.missed();
  }

  private record(asyncId: number, type: string, resource: object, bornMs: number, by: number): AsyncRecord {
    const record = this.live.create(Kind.Resource, bornMs, resource, by);
    extraOf(record).type = type;
    this.know(asyncId, record);
    return record;
  }

  /** A handle that gets another id is the same one, wherever it was made. */
  private reuse(asyncId: number, type: string, handle: object): void {
    const known = recordOf(handle);
    const { origin } = this.executions;
    if (known === null || (known.flags & Flag.Ended) !== 0) {
      if (this.rate.take(recentMs())) this.mark(handle, this.record(asyncId, type, handle, recentMs(), 0));
      else this.live.dropped++;
      return;
    }
    // what its callbacks begin from now on was begun for somebody else
    if (known.by !== origin) known.by = 0;
    // while its callback runs the end of that is still to come, with the id before
    if ((known.flags & Flag.Open) === 0) this.byAsyncId.delete(extraOf(known).asyncId);
    this.know(asyncId, known);
    this.live.markDirty(known);
  }

  /** So that it is known again. */
  private mark(handle: object, record: AsyncRecord): void {
    if (recordOf(handle) === null) attachRecord(handle, record);
    else reattachRecord(handle, record);
  }

  private know(asyncId: number, record: AsyncRecord): void {
    extraOf(record).asyncId = asyncId;
    this.byAsyncId.set(asyncId, record);
  }

  /**
   * Timers of Node's libraries never keep the program running; the program's own do at their birth, save those
   * of `timers/promises`.
   */
  private isNodesOwn(timer: object): boolean {
    return !this.promises.news.isInTimersPromise && !isRefedTimer(timer);
  }

  private entered(asyncId: number, hook: Above): void {
    const { executions } = this;
    if (this.ticks.has(asyncId)) {
      this.tickEntered(hook);
      return;
    }
    let record = this.byAsyncId.get(asyncId) ?? this.young.take(asyncId) ?? null;
    if (record === null) {
      const resource = executionAsyncResource() as UnknownResource;
      if (!this.promisesAreLeftOut && isPromise(resource)) return;
      if (resource.type === CONNECTION) record = this.created(asyncId, CONNECTION, resource);
      else if (!this.promisesAreLeftOut) this.openUnrecorded.push(asyncId);
      if (typeof resource.callback === 'function') {
        this.tickEntered(hook);
        return;
      }
    }
    const seen = this.stack.budget.isLeft();
    const framesBelow = seen && executions.hasFrames ? this.stack.depth(hook) : 0;
    if (record === null) {
      this.turns.begin(executions.depth, null);
      executions.enter(null, seen, false, framesBelow);
      return;
    }
    record.flags |= Flag.Open;
    // a connection's callback runs for the request that is on it
    const request = record.link;
    const runs = request === null || (request.flags & Flag.Ended) !== 0 ? record : request;
    this.turns.begin(executions.depth, runs);
    if (this.recorder.isOn && executions.depth === 0 && record.extra?.type === 'Timeout')
      this.recorder.timerFired(record, this.turns.startedMs - dueTime(record));
    executions.enter(runs, seen, false, framesBelow);
    const settles = this.settledWith(record);
    if (settles !== null) this.promises.thenables.goOn(settles, executions.depth);
  }

  /** The pending promise that this one's only callback is to settle, or to begin something that will. */
  private settledWith({ extra }: AsyncRecord): AsyncRecord | null {
    const settles = extra?.settles ?? null;
    if (extra === null || settles === null || (settles.flags & Flag.Ended) !== 0) return null;
    return extra.type === 'Timeout' || this.endsWithItsCallback(extra.type) ? settles : null;
  }

  /** A tick or microtask begins: nearly always with nothing below it on the call stack. */
  private tickEntered(hook: Above): void {
    const { executions } = this;
    this.turns.ticks++;
    executions.scriptEnded(this.promises.calls.closed);
    const seen = this.stack.budget.isLeft();
    executions.enter(null, seen, false, seen && executions.hasFrames ? this.stack.depth(hook) : 0);
  }

  private left(asyncId: number): void {
    if (this.ticks.has(asyncId)) {
      this.ticks.delete(asyncId);
      this.executions.leave(this.promises.calls.closed);
      return;
    }
    const record = this.byAsyncId.get(asyncId) ?? null;
    if (record === null && !this.leavesUnrecorded(asyncId)) return;
    if (record !== null && this.settledWith(record) !== null) this.promises.wentOn();
    this.executions.leave(this.promises.calls.closed);
    this.turns.callbackEnded(this.executions.depth);
    if (record === null) return;
    extraOf(record).runs++;
    record.flags &= ~Flag.Open;
    if (record.extra?.asyncId !== asyncId) this.byAsyncId.delete(asyncId);
    const type = record.extra?.type ?? '';
    if (this.endsWithItsCallback(type) || (type === 'Timeout' && isOver(record, targetOf(record)))) {
      this.live.end(record);
    } else {
      this.live.markDirty(record);
    }
  }

  /** Whether its callback was entered; else it is a promise's. */
  private leavesUnrecorded(asyncId: number): boolean {
    if (this.promisesAreLeftOut) return true;
    const open = this.openUnrecorded;
    if (open[open.length - 1] !== asyncId) return false;
    open.pop();
    return true;
  }

  private endsWithItsCallback(type: string): boolean {
    let known = this.oneShot.get(type);
    if (known === undefined) this.oneShot.set(type, (known = isOneShot(type)));
    return known;
  }

  /** At a poll: what has lasted until now is told. It can come while a hook makes a record. */
  findLasting(): void {
    if (this.live.isFilling) return;
    this.young.takeAll();
    this.live.isFilling = false;
  }

  /** Where no poll comes. */
  letGoOfCleared(): void {
    this.young.freeCleared();
  }

  /** The hooks are taken away: nothing more will be heard of any of them. */
  forgetAll(): void {
    this.byAsyncId.clear();
    this.ticks.clear();
    this.young.clear();
    this.openUnrecorded.length = 0;
  }
}

/** Of whatever realm it is. */
function isPromise(resource: UnknownResource): boolean {
  return resource[Symbol.toStringTag] === 'Promise';
}

export interface ResourceCallbacks {
  init: (asyncId: number, type: string, triggerAsyncId: number, resource: object) => void;
  before: (asyncId: number) => void;
  after: (asyncId: number) => void;
}

/** What has no record. */
interface UnknownResource {
  /** Of what Node runs for `process.nextTick` and `queueMicrotask`. */
  callback?: unknown;
  /** Of a server's connection. */
  type?: unknown;
  [Symbol.toStringTag]?: unknown;
}
