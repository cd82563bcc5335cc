import type { WireEntry, WireFrame } from '../../protocol/wire.js';
import { isDependency, isNodeInternal } from '../codeOrigin.js';

export interface OwnFrameContext {
  frame(site: number | undefined): WireFrame | undefined;
  get(id: number): WireEntry | undefined;
  awaitedBy(entry: WireEntry): readonly number[];
}

/**
 * The place of the program that an operation is there for: where it was begun, else where a function of Node was called
 * that waits for it, or a task of the program waits. `undefined`: none is known.
 */
export function ownFrame(operation: WireEntry, context: OwnFrameContext): WireFrame | undefined {
  const seen = new Set([operation]);
  for (const entry of seen) {
    for (const site of sitesOf(entry)) {
      const frame = context.frame(site);
      if (frame && !isNodeInternal(frame.url) && !isDependency(frame.url)) return frame;
    }
    if (seen.size > MAX_LOOKED_AT) return undefined;
    for (const id of context.awaitedBy(entry)) {
      const waiter = context.get(id);
      if (waiter) seen.add(waiter);
    }
  }
  return undefined;
}

/** Of a task its await; where that is none of the program's, the call of the function. */
function sitesOf({ kind, site, call, await: awaited }: WireEntry): (number | undefined)[] {
  return kind === 'function' || kind === 'module' ? [awaited, call] : [site];
}

const MAX_LOOKED_AT = 50;
