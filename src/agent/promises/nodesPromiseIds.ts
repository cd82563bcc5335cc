/**
 * Hides the ids that Node gives to promises while async_hooks listen to them: it writes them into symbols of the
 * promise, which printing it would show. Where Node can be told to leave promises out, or the engine to call our hooks
 * alone, there are none. Elsewhere accessors on `Promise.prototype` keep them in private fields of the promise.
 *
 * Where the program has hooks of its own these hear of ids. Node gives a promise another one that has none as an own
 * property when the next is made from it. So from its first hook on it gets one, which is not enumerable: that costs a
 * fourth of all else that is done for an await.
 */
import type { AsyncHook } from 'node:async_hooks';
import { createHook, promiseHooks } from '../realm/nodesFunctions.js';
import { Returning } from '../records/privateRecord.js';

const TRIGGER_ID = 'trigger_async_id_symbol';

class Ids extends Returning {
  #asyncId: unknown;
  #triggerId: unknown;

  /** Node writes it first. */
  static readonly asyncIds: PropertyDescriptor & ThisType<object> = {
    configurable: true,
    get() {
      return #asyncId in this ? this.#asyncId : undefined;
    },
    set(id: unknown) {
      if (#asyncId in this) this.#asyncId = id;
      else new Ids(this).#asyncId = id;
    },
  };

  static readonly triggerIds: PropertyDescriptor & ThisType<object> = {
    configurable: true,
    get() {
      return #asyncId in this ? this.#triggerId : undefined;
    },
    set(id: unknown) {
      if (#asyncId in this) this.#triggerId = id;
    },
  };

  static readonly makeOwn = (promise: object, symbol: symbol): void => {
    if (!(#asyncId in promise) || Object.hasOwn(promise, symbol)) return;
    Reflect.defineProperty(promise, symbol, { value: promise.#asyncId, writable: true, configurable: true });
  };
}

/** The symbols; none where async_hooks can be told to leave promises alone. Older versions ignore the option silently. */
export function promiseIdSymbols(): symbol[] {
  const callbacks = { init() {}, trackPromises: false };
  const hook = createHook(callbacks).enable();
  const promise = new Promise(() => {});
  hook.disable();
  return Object.getOwnPropertySymbols(promise);
}

/**
 * Returns what shows them again. Promises of other contexts go on showing theirs.
 * @param ours the agent's hook, which is enabled
 */
export function hidePromiseIds(symbols: readonly symbol[], ours: AsyncHook): () => void {
  const prototype = globalThis.Promise.prototype;
  const removers = symbols.map((symbol): (() => void) => {
    const isTrigger = symbol.description === TRIGGER_ID;
    Reflect.defineProperty(prototype, symbol, isTrigger ? Ids.triggerIds : Ids.asyncIds);
    return () => Reflect.deleteProperty(prototype, symbol);
  });
  const id = symbols.find(({ description }) => description !== TRIGGER_ID);
  if (id !== undefined) removers.push(keepIdsForHooks(id, ours));
  return () => {
    for (const remove of removers) remove();
  };
}

function keepIdsForHooks(id: symbol, ours: AsyncHook): () => void {
  let removeInit: (() => void) | null = null;
  const init = (_promise: object, parent: object | undefined): void => {
    if (parent !== undefined) Ids.makeOwn(parent, id);
  };
  const removeSetter = onHookMade(ours, () => {
    if (removeInit !== null) return;
    removeInit = promiseHooks.createHook({ init }) as unknown as () => void;
    // makes Node's own listener to promises anew: that is called in turn, and is to come after this one
    ours.disable().enable();
  });
  return () => {
    removeInit?.();
    removeSetter();
  };
}

/** Calls `then` whenever another hook is made: its constructor writes what it calls into symbols. */
function onHookMade(ours: AsyncHook, then: () => void): () => void {
  const prototype = Object.getPrototypeOf(ours) as object;
  const [symbol] = Object.getOwnPropertySymbols(ours);
  if (symbol === undefined) return () => {};
  Reflect.defineProperty(prototype, symbol, {
    configurable: true,
    set(this: object, value: unknown) {
      then();
      Reflect.defineProperty(this, symbol, { value, writable: true, enumerable: true, configurable: true });
    },
  });
  return () => Reflect.deleteProperty(prototype, symbol);
}
