/**
 * Keeps async_hooks away from promises, which have hooks of their own. Node 24 and later can be told to; older versions
 * would give each promise an id that nobody here reads, which costs more than all that the agent does for it.
 */
import { captureStack } from '../stacks/capture.js';
import { promiseHooks } from '../realm/nodesFunctions.js';

export interface EnginePromiseHooks {
  init: (promise: Promise<unknown>, parent: Promise<unknown> | undefined) => void;
  before: (promise: Promise<unknown>) => void;
  after: (promise: Promise<unknown>) => void;
  settled: (promise: Promise<unknown>) => void;
}

interface AsyncWrapBinding {
  setPromiseHooks?: (...hooks: EnginePromiseHooks[keyof EnginePromiseHooks][]) => void;
}

/** Whether nobody listens to promises: else Node calls those who do, one after the other, from a function of its own. */
export function hasNoPromiseHooks(): boolean {
  let caller: string | null | undefined;
  const probe = (): void => {
    caller = captureStack(probe, 1)[0]?.getFileName();
  };
  const remove = promiseHooks.onInit(probe) as unknown as () => void;
  void new Promise(() => {});
  remove();
  return caller?.startsWith('node:') !== true;
}

/**
 * Has the engine call these hooks alone, until the program or a debugger enables async_hooks as well: Node then gives the
 * engine every hook that it knows of. False: the binding cannot be reached without a word, and nothing has changed.
 */
export function letEngineCallOnly({ init, before, after, settled }: EnginePromiseHooks): boolean {
  const binding = asyncWrap();
  if (binding?.setPromiseHooks === undefined) return false;
  binding.setPromiseHooks(init, before, after, settled);
  return true;
}

/** Node's own part of async_hooks; it warns of its use, which is meant for programs. */
function asyncWrap(): AsyncWrapBinding | null {
  const node = process as unknown as {
    binding?: (name: string) => unknown;
    noDeprecation?: boolean | undefined;
  };
  // with --pending-deprecation there is a function around it that warns, once
  if (node.binding?.name !== 'binding') return null;
  const { noDeprecation } = node;
  const isSet = Object.hasOwn(node, 'noDeprecation');
  if (noDeprecation !== true) node.noDeprecation = true;
  try {
    return node.binding('async_wrap') as AsyncWrapBinding;
  } catch {
    // the program may not use it either
    return null;
  } finally {
    if (!isSet) delete node.noDeprecation;
    else if (noDeprecation !== true) node.noDeprecation = noDeprecation;
  }
}
