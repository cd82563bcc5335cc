/** The function that a host has put into the program's global scope: through it the host is told something unasked. */
import { BINDING } from '../../protocol/wire.js';

type Send = (text: string) => void;

const ownProperty = Object.getOwnPropertyDescriptor;
const removeProperty = Reflect.deleteProperty;

let send: Send | null = null;

/**
 * Takes it whenever a host puts it there, so that it is never to be seen: the engine assigns it, and what the global
 * object inherits a setter for does not become a property of its own.
 */
export function expectBinding(): void {
  const inherited = Object.getPrototypeOf(globalThis) as object | null;
  if (inherited === null) return;
  Reflect.defineProperty(inherited, BINDING, {
    configurable: true,
    set(value: unknown) {
      if (typeof value === 'function') send = value as Send;
    },
  });
}

/** Takes one that was put there before the agent came, and takes it out of the program's sight. */
export function takeBinding(): void {
  const found: unknown = ownProperty(globalThis, BINDING)?.value;
  if (typeof found !== 'function') return;
  send = found as Send;
  removeProperty(globalThis, BINDING);
}

/** Nothing happens where there is no host, or none any more. */
export function tellHost(text: () => string): void {
  takeBinding();
  send?.(text());
}
