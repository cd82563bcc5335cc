/** Entry of the agent: `--require`d before the program's own code, or evaluated in one that runs already. */
import { AGENT_KEY, OFF_VARIABLE, PROGRAM_KEY, SYNC_CALLS_VARIABLE } from '../protocol/wire.js';
import { RECORDING_VARIABLE } from '../protocol/recording.js';
import { Agent } from './agent.js';
import { blockedStack } from './eventLoop/blockedStack.js';
import { expectBinding, tellHost } from './realm/hostBinding.js';
import { atThreadEnd } from './eventLoop/threadEnd.js';

/** Whether the agent is evaluated in a running program. */
declare const __asyncDebuggerLate: boolean | undefined;

function define(key: string, value: object): void {
  Object.defineProperty(globalThis, Symbol.for(key), { value, configurable: true });
}

function isSet(variable: string): boolean {
  const value = process.env[variable];
  return value !== undefined && value !== '' && value !== '0';
}

function load(): void {
  if (Symbol.for(AGENT_KEY) in globalThis || isSet(OFF_VARIABLE)) return;
  expectBinding();
  const agent = new Agent(typeof __asyncDebuggerLate !== 'undefined' && __asyncDebuggerLate);
  // what is taken out of a module at the program's start is taken for good
  if (isSet(SYNC_CALLS_VARIABLE)) agent.watchSyncCalls(true);
  if (isSet(RECORDING_VARIABLE)) agent.recorder.configure(Number(process.env[RECORDING_VARIABLE]));
  define(AGENT_KEY, agent);
  define(PROGRAM_KEY, agent.programFunctions());
  atThreadEnd(function last(code) {
    const stack = blockedStack(last);
    tellHost(() => agent.finalUpdate(code, stack));
  }, 'last');
}

try {
  load();
} catch {
  // the program comes first: it runs as if the agent were not there
}
