/**
 * The last moment of a thread in which JavaScript may run: after its own `exit` listeners. A listener of ours would be
 * counted and warned of, so there is none until Node asks `process` for its `emit` to tell of the end, which it does
 * when the thread is `_exiting`. The accessor stands on the prototype of `process`; what the program sees through it is
 * what it would see without.
 */
import { EventEmitter } from 'node:events';

type Listener = (this: unknown, code: number) => void;

interface ExitEvents {
  exit?: Listener | Listener[];
}

/** One of ours may be there already. */
interface Accessor {
  get?: (this: unknown) => unknown;
}

/** What of `process` is not public. */
interface ThisProcess {
  _exiting?: boolean;
  _events: ExitEvents;
  _eventsCount: number;
}

/**
 * Calls `run` when this thread ends, unless it is killed: before its own `exit` listeners, or after them where none of
 * these ends it at once.
 */
export function atThreadEnd(run: Listener, when: 'first' | 'last'): void {
  const prototype = Object.getPrototypeOf(process) as object;
  const before: Accessor | undefined = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const thisProcess = process as unknown as ThisProcess;
  let isOver = false;
  let own: unknown;
  Object.defineProperty(prototype, 'emit', {
    configurable: true,
    enumerable: false,
    get(this: unknown): unknown {
      if (this === thisProcess && !isOver && thisProcess._exiting === true) {
        isOver = true;
        listen(thisProcess, run, when);
      }
      const emit = before?.get?.call(process) ?? (Reflect.get(EventEmitter.prototype, 'emit') as unknown);
      return own !== undefined && this === thisProcess ? own : emit;
    },
    set(this: object, value: unknown) {
      if (this === thisProcess) own = value;
      else
        Object.defineProperty(this, 'emit', { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

/** Node goes through a copy of the list: the program's own listeners find it as they know it. */
function listen(thisProcess: ThisProcess, run: Listener, when: 'first' | 'last'): void {
  const { exit } = thisProcess._events;
  const guarded: Listener = (code) => {
    try {
      run(code);
    } catch {
      // the program comes first: it ends as if the agent were not there
    }
  };
  const first: Listener = (code) => {
    if (exit === undefined) {
      delete thisProcess._events.exit;
      thisProcess._eventsCount--;
    } else {
      thisProcess._events.exit = exit;
    }
    if (when === 'first') guarded(code);
  };
  if (exit === undefined) thisProcess._eventsCount++;
  const listeners = exit === undefined ? [] : typeof exit === 'function' ? [exit] : exit;
  thisProcess._events.exit = when === 'first' ? [first, ...listeners] : [first, ...listeners, guarded];
}
