/**
 * Required by the program that `asyncdebug run` starts and by all Node processes that this starts: it loads the agent and
 * lets the tool ask it. A process that ends before it was asked waits for the question at its end, as long as somebody may
 * ask.
 */
import { writeFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { atThreadEnd } from '../agent/eventLoop/threadEnd.js';
import { AGENT_KEY, type AgentApi, BINDING, OFF_VARIABLE } from '../protocol/wire.js';
import { Bridge } from './bridge.js';
import { RUN_VARIABLE, type RunInspector, type RunVariable } from './runVariable.js';

function loadAgent(): boolean {
  createRequire(__filename)('./agent.js');
  return Symbol.for(AGENT_KEY) in globalThis;
}

/**
 * What this process starts is to know where it comes from. `undefined`: it has been taken already. Node gives what it has
 * of NODE_OPTIONS to the processes of its test runner as options once more.
 */
function takeVariable(text: string): RunVariable | undefined {
  const variable = JSON.parse(text) as RunVariable;
  if (variable.by === process.pid) return undefined;
  const { inspector: own, ...inherited } = variable;
  process.env[RUN_VARIABLE] = JSON.stringify({ ...inherited, by: process.pid });
  if (own) process.env['NODE_OPTIONS'] = own.nodeOptions;
  return variable;
}

function openInspector({ port, addressFile, tool }: RunInspector): void {
  inspector.open(port, '127.0.0.1');
  tell(addressFile);
  atThreadEnd(() => waitUntil(() => wasAsked() || !isThere(tool) || inspector.url() === undefined), 'first');
}

/** Whether the tool is still there. On Windows a process keeps the number of a parent that has gone. */
function isThere(tool: number): boolean {
  if (process.platform !== 'win32') return process.ppid === tool;
  try {
    return process.kill(tool, 0);
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

/** V8 serves the inspector between two sleeps. */
function waitUntil(isOver: () => boolean): void {
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  const untilMs = performance.now() + ASKED_LIMIT_MS;
  while (!isOver() && performance.now() < untilMs) Atomics.wait(sleep, 0, 0, SLEEP_MS);
}

/** Waiting for the tool is no block. */
function letWait(): void {
  agent()?.configure({ thresholdMs: 0, siteBudget: 0 });
}

function agent(): AgentApi | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for(AGENT_KEY)] as AgentApi | undefined;
}

/** The agent takes the binding when it is asked; without an agent it stays. */
function wasAsked(): boolean {
  const found = (globalThis as Record<string, unknown>)[BINDING];
  return agent()?.hasHost === true || typeof found === 'function';
}

/** The tool connects within a second, on a busy machine within a few; without descriptors it never can. */
const ASKED_LIMIT_MS = 8_000;
const SLEEP_MS = 5;

function load(text: string): void {
  const taken = takeVariable(text);
  if (!taken) return;
  const { inspector: own, ...variable } = taken;
  if (own || variable.socket === '') {
    if (loadAgent() && own) openInspector(own);
    return;
  }
  const bridge = new Bridge(join(__dirname, 'bridge.js'), letWait);
  // it has to be told of the end after the agent's final update: the later listener is asked first
  atThreadEnd(() => bridge.end(), 'last');
  const { socket, token, by } = variable;
  const name = typeof process.argv[1] === 'string' ? basename(process.argv[1]) : '';
  // first, so that the agent takes nothing of it for the program's
  bridge.open({ socket, hello: { token, pid: process.pid, name, ...(by === undefined ? {} : { by }) } });
  if (loadAgent()) atThreadEnd(() => waitUntil(() => wasAsked() || bridge.isOver), 'first');
}

/** Node gives no inspector to a process that only starts others, and ends where somebody asks for it. */
function onlyStartsOthers(): boolean {
  const options = `${process.execArgv.join(' ')} ${process.env['NODE_OPTIONS'] ?? ''}`;
  return /(?:^|\s)--(?:test|watch|watch-path)(?:=|\s|$)/.test(options);
}

function isOff(): boolean {
  const value = process.env[OFF_VARIABLE];
  return value !== undefined && value !== '' && value !== '0';
}

const text = process.env[RUN_VARIABLE];
try {
  if (text === undefined || !isMainThread) loadAgent();
  else if (!isOff() && !onlyStartsOthers()) load(text); // else there is nobody to be asked
} catch {
  // the program comes first: it runs, unwatched, and `asyncdebug run` says so
}
