/** The function that a host has put into the program's global scope: through it the host is told something unasked. */
import { BINDING } from '../protocol/wire.js';

type Send = (text: string) => void;

const ownProperty = Object.getOwnPropertyDescriptor;
const removeProperty = Reflect.deleteProperty;

let send: Send | null = null;

/** Takes it, and takes it out of the program's sight. Each session of a host puts it there anew. */
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
