/**
 * Node tells of the thread's own events by `process.emit`. The accessor stands on the prototype of `process`; what the
 * program sees through it is what it would see without, and what it sets in its place is used as always.
 */
import { EventEmitter } from 'node:events';

/** There may be one of ours already. */
interface Accessor {
  get?: (this: unknown) => unknown;
  set?: (this: unknown, value: unknown) => void;
}

/** What of `process` is not public. */
export interface ThisProcess {
  _exiting?: boolean;
  _events: Record<string, Listener | Listener[] | undefined>;
  _eventsCount: number;
}

export type Listener = (this: unknown, ...parameters: never[]) => void;

export const thisProcess = process as unknown as ThisProcess;

/** Calls `asked` whenever something takes `process.emit`, with the function that it is, and gives what that returns. */
export function whenEmitIsAsked(asked: (emit: unknown, above: () => unknown) => unknown): void {
  const prototype = Object.getPrototypeOf(process) as object;
  const before: Accessor | undefined = Object.getOwnPropertyDescriptor(prototype, 'emit');
  let own: unknown;
  Object.defineProperty(prototype, 'emit', {
    configurable: true,
    enumerable: false,
    get: function get(this: unknown): unknown {
      const isOurs = this === thisProcess;
      const emit =
        before?.get === undefined
          ? isOurs && own !== undefined
            ? own
            : (Reflect.get(EventEmitter.prototype, 'emit') as unknown)
          : before.get.call(this);
      return isOurs ? asked(emit, get) : emit;
    },
    set(this: object, value: unknown) {
      if (before?.set !== undefined) before.set.call(this, value);
      else if (this === thisProcess) own = value;
      else
        Object.defineProperty(this, 'emit', { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

/**
 * Calls `first` before and `last` after the program's own listeners of the next event of a type. Node goes through a copy
 * of the list: the listeners find it as they know it.
 */
export function listenOnce(type: string, first: Listener, last?: Listener): void {
  const listeners = thisProcess._events[type];
  const restoring: Listener = (...parameters) => {
    if (listeners === undefined) {
      Reflect.deleteProperty(thisProcess._events, type);
      thisProcess._eventsCount--;
    } else {
      thisProcess._events[type] = listeners;
    }
    guarded(first)(...parameters);
  };
  if (listeners === undefined) thisProcess._eventsCount++;
  const own = listeners === undefined ? [] : typeof listeners === 'function' ? [listeners] : listeners;
  thisProcess._events[type] = [restoring, ...own, ...(last ? [guarded(last)] : [])];
}

/** The program comes first: it goes on as if the agent were not there. */
export function guarded(run: Listener): Listener {
  return (...parameters) => {
    try {
      run(...parameters);
    } catch {
      // nothing of the agent's reaches the program
    }
  };
}
