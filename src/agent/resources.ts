/**
 * The async_hooks of everything that is not a promise: timers, requests, sockets, servers. They give the tree
 * its leaves, and their callbacks bound the turns of the event loop.
 */
import type { Above } from './capture.js';
import { recentMs } from './clock.js';
import type { Executions } from './executions.js';
import { type Answer, type HttpRequests, isAnswered } from './httpRequests.js';
import type { Operations } from './operations.js';
import { type LiveList, targetOf } from './liveList.js';
import type { PromiseHooks } from './promises.js';
import { AsyncRecord, extraOf, Kind } from './records.js';
import type { Stack } from './stack.js';
import type { Turns } from './turns.js';

/** How far down the caller is looked for under the code of Node that made the resource. */
const DEPTH = 14;

/** Fired timers that wait for the next beat; the others are found over later. */
const MAX_FIRED = 10_000;

/** Ticks and microtasks belong to the turn that set them off; they are too many and too short to be kept. */
function isTick(type: string): boolean {
  return type === 'TickObject' || type === 'Microtask';
}

/** Requests are over when their one callback was called. */
function isOneShot(type: string): boolean {
  return (
    type.endsWith('REQWRAP') ||
    type.endsWith('REQCALLBACK') ||
    type.endsWith('CONNECTWRAP') ||
    type.endsWith('WRITEWRAP') ||
    type.endsWith('SHUTDOWNWRAP') ||
    type === 'FSREQPROMISE' ||
    type === 'FILEHANDLECLOSEREQ' ||
    type === 'Immediate'
  );
}

export class ResourceHooks {
  private readonly byAsyncId = new Map<number, AsyncRecord>();
  /** Stands for every tick: they need no record, but their callbacks must be told from unknown ones. */
  private readonly tick: AsyncRecord;
  private fired: AsyncRecord[] = [];
  errors = 0;

  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly promises: PromiseHooks,
    private readonly operations: Operations,
    private readonly requests: HttpRequests,
    private readonly turns: Turns,
    /** Whether async_hooks leaves promises alone, so that every unknown id is a resource. */
    private readonly promisesAreLeftOut: boolean,
  ) {
    this.tick = new AsyncRecord(0, Kind.Resource, 0, null);
  }

  install(): ResourceCallbacks {
    const init = (asyncId: number, type: string, _trigger: number, resource: object): void => {
      if (type === 'PROMISE') return;
      try {
        this.created(asyncId, type, resource, init);
      } catch {
        this.errors++;
      }
    };
    return {
      init,
      before: (asyncId) => {
        try {
          this.entered(asyncId);
        } catch {
          this.errors++;
        }
      },
      after: (asyncId) => {
        try {
          this.left(asyncId);
        } catch {
          this.errors++;
        }
      },
      destroy: (asyncId) => {
        try {
          this.destroyed(asyncId);
        } catch {
          this.errors++;
        }
      },
    };
  }

  private created(asyncId: number, type: string, resource: object, hook: Above): void {
    if (isTick(type)) {
      this.byAsyncId.set(asyncId, this.tick);
      return;
    }
    const by = this.executions.running?.id ?? 0;
    const record = this.live.create(Kind.Resource, recentMs(), resource, by);
    const extra = extraOf(record);
    extra.type = type;
    extra.asyncId = asyncId;
    this.byAsyncId.set(asyncId, record);
    this.requests.track(record, type);
    if (type === 'FSREQPROMISE' && this.operations.settlesLastNative(record)) return;
    this.operations.locate(record, hook, DEPTH);
  }

  private entered(asyncId: number): void {
    const record = this.byAsyncId.get(asyncId);
    if (record === undefined) {
      if (!this.promisesAreLeftOut) return;
      this.turns.begin(this.executions.depth, null);
      this.executions.enter(null, this.stack.budget.isLeft(), false);
      return;
    }
    if (record === this.tick) {
      this.executions.scriptEnded(this.promises.closed);
      this.executions.enter(null, this.stack.budget.isLeft(), false);
      return;
    }
    // a connection's callback runs for the request that is on it
    const runs = record.link ?? record;
    this.turns.begin(this.executions.depth, runs);
    this.executions.enter(runs, this.stack.budget.isLeft(), false);
  }

  private left(asyncId: number): void {
    const record = this.byAsyncId.get(asyncId);
    if (record === undefined && !this.promisesAreLeftOut) return;
    this.executions.leave(this.promises.closed);
    if (record === this.tick) {
      this.byAsyncId.delete(asyncId);
      return;
    }
    this.turns.callbackEnded(this.executions.depth);
    if (record === undefined) return;
    record.runs++;
    const type = record.extra?.type ?? '';
    if (isOneShot(type)) {
      this.finish(asyncId, record);
      return;
    }
    this.live.touch(record);
    if (type === 'Timeout' && !this.promisesAreLeftOut && this.fired.length < MAX_FIRED)
      this.fired.push(record);
  }

  private destroyed(asyncId: number): void {
    const record = this.byAsyncId.get(asyncId);
    if (record !== undefined) this.finish(asyncId, record);
  }

  private finish(asyncId: number, record: AsyncRecord): void {
    this.byAsyncId.delete(asyncId);
    if (record !== this.tick) this.live.end(record);
  }

  /** The hooks are taken away: nothing more will be heard of any of them. */
  forgetAll(): void {
    this.byAsyncId.clear();
  }

  /** Before a beat: what changed without an event. */
  refresh(): void {
    this.endFired();
    this.requests.refresh();
  }

  /** Where there is no `destroy` hook: timers that fired and were not armed again are over. */
  private endFired(): void {
    const { fired } = this;
    if (fired.length === 0) return;
    this.fired = [];
    for (const record of fired) {
      const timer = targetOf(record);
      if (timer !== null && this.isOver(record, timer)) this.live.end(record);
    }
  }

  readonly isOver = (record: AsyncRecord, target: object | null): boolean => {
    const over =
      target === null || (record.kind === Kind.Resource && isDone(record.extra?.type ?? '', target));
    if (over && record.kind === Kind.Resource) this.byAsyncId.delete(record.extra?.asyncId ?? 0);
    return over;
  };
}

/** Handles of libuv that Node opens and closes often. */
const HANDLES = new Set(['TCPWRAP', 'PIPEWRAP', 'TCPSERVERWRAP', 'PIPESERVERWRAP', 'TTYWRAP']);

interface NodeResource extends Answer {
  _destroyed?: boolean;
  /** Of a handle: gives nothing once it is closed. */
  hasRef?: () => boolean | undefined;
}

/** Timers say it themselves, and handles that are closed no longer say anything. */
function isDone(type: string, resource: NodeResource): boolean {
  if (type === 'Timeout' || type === 'Immediate') return resource._destroyed === true;
  if (type === 'HTTPSERVERREQUEST') return isAnswered(resource);
  return HANDLES.has(type) && typeof resource.hasRef === 'function' && resource.hasRef() === undefined;
}

export interface ResourceCallbacks {
  init: (asyncId: number, type: string, triggerAsyncId: number, resource: object) => void;
  before: (asyncId: number) => void;
  after: (asyncId: number) => void;
  destroy: (asyncId: number) => void;
}
