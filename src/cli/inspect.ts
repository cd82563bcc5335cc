/**
 * Required by a program that `asyncdebug run` starts, after the agent. It opens the inspector in this one process:
 * the option --inspect would reach forked processes too, which then complain about a port that is taken. It prints
 * nothing. A program that ends before it was asked waits in its exit event until the question has come.
 */
import { writeFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { isMainThread } from 'node:worker_threads';
import { AGENT_KEY, type AgentApi, BINDING } from '../protocol/wire.js';
import { RUN_VARIABLE, type RunVariable } from './runVariable.js';

function open(text: string): void {
  Reflect.deleteProperty(process.env, RUN_VARIABLE);
  const { port, addressFile, parent, nodeOptions } = JSON.parse(text) as RunVariable;
  process.env['NODE_OPTIONS'] = nodeOptions;
  inspector.open(port, '127.0.0.1');
  tell(addressFile);
  process.prependListener('exit', () => {
    if (wasAsked() || process.ppid !== parent) return;
    try {
      inspector.waitForDebugger();
    } catch {
      // the program has closed its inspector
    }
  });
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

const text = process.env[RUN_VARIABLE];
if (text !== undefined && isMainThread) {
  try {
    open(text);
  } catch {
    // the program comes first: it runs, unwatched, and `asyncdebug run` says so
  }
}
