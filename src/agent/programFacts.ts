import { basename, isAbsolute } from 'node:path';
import type { AgentSettings, Hello } from '../protocol/wire.js';

/** What is asked of a program that ends before a host has come. */
export const UNASKED: AgentSettings = { thresholdMs: 0, siteBudget: 0 };

/** Longer names are clipped. */
const MAX_NAME = 200;

/** As libuv reads it. */
export function poolSize(): number {
  const size = Number.parseInt(process.env['UV_THREADPOOL_SIZE'] ?? '4', 10);
  return Math.min(Math.max(Number.isNaN(size) ? 1 : size, 1), 1024);
}

/** By the file that Node was started with; of what has none, nothing. */
export function programName(): Pick<Hello, 'program'> {
  const file: unknown = process.argv[1];
  return typeof file === 'string' && isAbsolute(file) ? { program: basename(file).slice(0, MAX_NAME) } : {};
}

/** What writes the stacks of the program's errors unless it sets something else. */
const nodesPrepareStackTrace = prepareStackTrace();

/** Without running a getter of the program's. */
function prepareStackTrace(): unknown {
  const property = Object.getOwnPropertyDescriptor(globalThis.Error, 'prepareStackTrace');
  return property !== undefined && 'value' in property ? property.value : property;
}

/** Whether writing the stack of an error runs no code of the program's. */
export function hasNodesStackTraces(): boolean {
  return prepareStackTrace() === nodesPrepareStackTrace;
}
