/** The agent of this very thread. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { AGENT_KEY, type AgentApi } from '../protocol/wire.js';

/** Where modules and the agent's key are the program's own, whatever context a test runs in. */
export const realm = runInThisContext('globalThis') as Record<string | symbol, unknown>;

/**
 * Loads the agent, unless it is there. `late`: the program runs already, and what it has begun is not known.
 * `undefined` where the agent cannot run or is switched off.
 */
export function loadAgent(late: boolean): AgentApi | undefined {
  if (!agent()) {
    if (late) realm[LATE] = true;
    try {
      ownRequire()(join(__dirname, '..', 'agent.js'));
    } finally {
      Reflect.deleteProperty(realm, LATE);
    }
  }
  return agent();
}

function agent(): AgentApi | undefined {
  return realm[Symbol.for(AGENT_KEY)] as AgentApi | undefined;
}

/** Jest gives tests a context and a `require` of their own: what they load there would see the test's globals. */
export function ownRequire(): NodeJS.Require {
  const { mainModule } = realm['process'] as { mainModule?: NodeJS.Module };
  return realm === (globalThis as unknown) || !mainModule
    ? createRequire(__filename)
    : (mainModule.require.bind(mainModule) as NodeJS.Require);
}

/** Read by the agent while it is loaded. */
const LATE = '__asyncDebuggerLate';
