/**
 * Required by a program that `asyncdebug run` starts, after the agent. It opens the inspector in this one process:
 * the option --inspect would reach forked processes too, which then complain about a port that is taken. It prints
 * nothing. A program that ends before it was asked waits for the question at its end, as long as somebody may ask.
 */
import { writeFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { isMainThread } from 'node:worker_threads';
import { atThreadEnd } from '../agent/eventLoop/threadEnd.js';
import { AGENT_KEY, type AgentApi, BINDING } from '../protocol/wire.js';
import { RUN_VARIABLE, type RunVariable } from './runVariable.js';

function open(text: string): void {
  Reflect.deleteProperty(process.env, RUN_VARIABLE);
  const { port, addressFile, parent, nodeOptions } = JSON.parse(text) as RunVariable;
  process.env['NODE_OPTIONS'] = nodeOptions;
  if (!(Symbol.for(AGENT_KEY) in globalThis)) return; // there is nobody to be asked
  inspector.open(port, '127.0.0.1');
  tell(addressFile);
  atThreadEnd(() => {
    const sleep = new Int32Array(new SharedArrayBuffer(4));
    const untilMs = performance.now() + ASKED_LIMIT_MS;
    // V8 serves the inspector between two sleeps
    while (!wasAsked() && performance.now() < untilMs && isThere(parent) && inspector.url() !== undefined)
      Atomics.wait(sleep, 0, 0, SLEEP_MS);
  }, 'first');
}

/** Whether `asyncdebug run` is still there. On Windows a process keeps the number of a parent that has gone. */
function isThere(parent: number): boolean {
  if (process.platform !== 'win32') return process.ppid === parent;
  try {
    return process.kill(parent, 0);
  } catch {
    return false;
  }
}

/** Who cannot be told the address cannot connect, nor can anybody else be let to. */
function tell(addressFile: string): void {
  try {
    writeFileSync(addressFile, `${inspector.url()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    inspector.close();
    throw error;
  }
}

/** The agent takes the binding when it is asked; without an agent it stays. */
function wasAsked(): boolean {
  const globals = globalThis as Record<string | symbol, unknown>;
  const agent = globals[Symbol.for(AGENT_KEY)] as AgentApi | undefined;
  return agent?.hasHost === true || typeof globals[BINDING] === 'function';
}

/** The command connects within a second, on a busy machine within a few; without descriptors it never can. */
const ASKED_LIMIT_MS = 8_000;
const SLEEP_MS = 5;

const text = process.env[RUN_VARIABLE];
if (text !== undefined && isMainThread) {
  try {
    open(text);
  } catch {
    // the program comes first: it runs, unwatched, and `asyncdebug run` says so
  }
}
