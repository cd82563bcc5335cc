import { isOwn } from '../../model/codeOrigin.js';
import type { AwaitPlace } from './liveObjects.js';
import type { ProgramCalls } from './programCalls.js';

/** What a program tells of itself before it is looked into. */
export interface ProgramFacts {
  pid: number;
  threadId: number;
  /** `process.version`. */
  node: string;
  /** File that it was started with. */
  program: string;
  /** Threads of libuv's pool. */
  poolSize: number;
  /** Bytes in use by small objects, by which their number is estimated. */
  objectBytes: number;
  heapBytes: number;
}

export async function programFacts(calls: ProgramCalls): Promise<ProgramFacts> {
  const told = (await calls.value(FACTS)) as Partial<Record<keyof ProgramFacts, unknown>>;
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    pid: number(told.pid),
    threadId: number(told.threadId),
    node: text(told.node),
    program: text(told.program),
    poolSize: number(told.poolSize) || 4,
    objectBytes: number(told.objectBytes),
    heapBytes: number(told.heapBytes),
  };
}

/** Whether the event loop turns: a program at a breakpoint or in a loop without end answers, and goes no further. */
export async function doesLoopTurn(calls: ProgramCalls): Promise<boolean> {
  if (await turnsWithin(calls, TURN_LIMIT_MS)) return true;
  // what holds it is on the stack; without that it may only be slow
  return (await heldAt(calls)) === undefined && (await turnsWithin(calls, SLOW_LIMIT_MS));
}

async function turnsWithin(calls: ProgramCalls, limitMs: number): Promise<boolean> {
  try {
    await calls.value(TURN, { awaits: true, limitMs });
    return true;
  } catch {
    return false;
  }
}

/** What runs while the loop is held: the innermost place that is not Node's; `undefined`: no JavaScript, or not known. */
export async function heldAt(calls: ProgramCalls): Promise<AwaitPlace | undefined> {
  const told = await calls.value(STACK);
  for (const frame of Array.isArray(told) ? (told as unknown[]) : []) {
    const [url, line, column, name] = frame as unknown[];
    if (typeof url !== 'string' || typeof line !== 'number' || typeof column !== 'number') continue;
    if (isOwn(url)) return { url, line, column, function: typeof name === 'string' ? name : '' };
  }
  return undefined;
}

const STACK = `(() => {
  const saved = (key) => Object.getOwnPropertyDescriptor(Error, key);
  const restore = (key, before) => { if (before) Object.defineProperty(Error, key, before); else delete Error[key]; };
  const limit = saved('stackTraceLimit'), prepare = saved('prepareStackTrace'), frames = [];
  try {
    Error.stackTraceLimit = 50;
    Error.prepareStackTrace = (error, sites) => sites;
    const { stack } = new Error();
    for (let i = 0; typeof stack === 'object' && i < stack.length; i++)
      frames[i] = [stack[i].getScriptNameOrSourceURL() || '', stack[i].getLineNumber(), stack[i].getColumnNumber(), stack[i].getFunctionName() || ''];
  } catch {} finally {
    restore('stackTraceLimit', limit);
    restore('prepareStackTrace', prepare);
  }
  return frames;
})()`;
const FACTS = `(() => {
  const { threadId } = require('node:worker_threads');
  const spaces = require('node:v8').getHeapSpaceStatistics();
  let objectBytes = 0, heapBytes = 0;
  for (let i = 0; i < spaces.length; i++) {
    heapBytes += spaces[i].space_used_size;
    if (!/large|read_only/.test(spaces[i].space_name)) objectBytes += spaces[i].space_used_size;
  }
  return { pid: process.pid, threadId, node: process.version, program: process.argv[1] || '',
    poolSize: Number(process.env.UV_THREADPOOL_SIZE) || 4, objectBytes, heapBytes };
})()`;
const TURN = `new ((async () => {})().constructor)((resolve) => { require('node:timers').setImmediate(resolve, ''); })`;
const TURN_LIMIT_MS = 1_500;
const SLOW_LIMIT_MS = 5_000;
