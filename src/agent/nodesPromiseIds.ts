/**
 * Hides the ids that Node gives to promises while async_hooks listen to them: it writes them into symbols of the
 * promise, which printing it would show. Where Node can be told to leave promises out, or the engine to call our hooks
 * alone, there are none. Elsewhere accessors on `Promise.prototype` keep them in private fields of the promise.
 */
import { createHook } from './nodesFunctions.js';
import { Returning } from './stamps.js';

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
}

/** The symbols; none where async_hooks can be told to leave promises alone. Older versions ignore the option silently. */
export function promiseIdSymbols(): symbol[] {
  const callbacks = { init() {}, trackPromises: false };
  const hook = createHook(callbacks).enable();
  const promise = new Promise(() => {});
  hook.disable();
  return Object.getOwnPropertySymbols(promise);
}

/** Returns what shows them again. Promises of other contexts go on showing theirs. */
export function hidePromiseIds(symbols: readonly symbol[]): () => void {
  const prototype = globalThis.Promise.prototype;
  const removers = symbols.map((symbol) => {
    const isTrigger = symbol.description === 'trigger_async_id_symbol';
    Reflect.defineProperty(prototype, symbol, isTrigger ? Ids.triggerIds : Ids.asyncIds);
    return () => Reflect.deleteProperty(prototype, symbol);
  });
  return () => {
    for (const remove of removers) remove();
  };
}
