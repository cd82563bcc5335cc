import type { Ending } from '../protocol/snapshot.js';
import type { FinalUpdate, WireFrame } from '../protocol/wire.js';
import { userFrameIndex } from './codeOrigin.js';

/** How a thread came to its end, and the frame that called `process.exit`. */
export interface EndingFrame extends Omit<Ending, 'site'> {
  frame?: WireFrame;
}

/** Reads it from the stack of the final update. */
export function endingOf({ code, stack }: Pick<FinalUpdate, 'code' | 'stack'>): EndingFrame {
  const known = code === undefined ? {} : { code };
  if (!stack) return known;
  const exit = stack.findIndex(({ function: name, url }) => name === 'exit' && url === EXIT_FILE);
  if (exit < 0) return { ...known, by: stack.some(({ url }) => url === ERROR_FILE) ? 'error' : 'itself' };
  const callers = stack.slice(exit + 1);
  const frame = callers[userFrameIndex(callers)];
  return { ...known, by: 'process.exit', ...(frame && { frame }) };
}

const EXIT_FILE = 'node:internal/process/per_thread';
/** Node tells of the end from here when an error was not caught. */
const ERROR_FILE = 'node:internal/process/execution';
