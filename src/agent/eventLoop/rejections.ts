/**
 * Rejections that nobody handles, as Node itself tells the program of them. A listener of ours would change what becomes
 * of them, and be counted: what Node calls is watched at the moment when it takes `process.emit` to tell it.
 */
import { EventEmitter } from 'node:events';
import { guarded, type Listener, listenOnce, thisProcess, whenEmitIsAsked } from './processEmit.js';
import { recordOf } from '../records/privateRecord.js';
import type { AsyncRecord } from '../records/records.js';
import { captureStack } from '../stacks/capture.js';

const TELLER = 'node:internal/process/promises';
const MAX_ACCESSORS = 4;
/** More between two polls are not told. */
const MAX_KEPT = 200;

export interface Rejection {
  /** Of the promise; `null`: it was not recorded. */
  record: AsyncRecord | null;
  reason: unknown;
}

export class Rejections {
  private rejected: Rejection[] = [];
  private handled: number[] = [];

  constructor() {
    whenEmitIsAsked((emit, above) => {
      try {
        return this.asked(emit, above);
      } catch {
        return emit;
      }
    });
  }

  /** What was told since the last time. */
  take(): Rejection[] {
    const { rejected } = this;
    if (rejected.length > 0) this.rejected = [];
    return rejected;
  }

  /** Ids of those that were handled after all. */
  takeHandled(): number[] {
    const { handled } = this;
    if (handled.length > 0) this.handled = [];
    return handled;
  }

  private asked(emit: unknown, above: () => unknown): unknown {
    // accessors of ours may stand above this one
    const caller = captureStack(above, MAX_ACCESSORS).find((frame) =>
      frame.getFileName()?.startsWith('node:'),
    );
    if (caller?.getFileName() !== TELLER || typeof emit !== 'function') return emit;
    const type =
      caller.getFunctionName() === 'processPromiseRejections' ? 'rejectionHandled' : 'unhandledRejection';
    const told = (type === 'rejectionHandled' ? this.handledLater : this.rejectedNow) as Listener;
    // what the program's own listeners see of the stack is what it would be without us
    if (thisProcess._events[type] !== undefined && emit === EventEmitter.prototype.emit) {
      listenOnce(type, told);
      return emit;
    }
    return function (this: unknown, name: string, ...parameters: never[]): unknown {
      if (name === type) guarded(told)(...parameters);
      return Reflect.apply(emit, this, [name, ...parameters]) as unknown;
    };
  }

  private readonly rejectedNow = (reason: unknown, promise: object): void => {
    if (this.rejected.length < MAX_KEPT) this.rejected.push({ record: recordOf(promise), reason });
  };

  private readonly handledLater = (promise: object): void => {
    const record = recordOf(promise);
    if (record !== null && this.handled.length < MAX_KEPT) this.handled.push(record.id);
  };
}
