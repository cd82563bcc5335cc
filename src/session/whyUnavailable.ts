import { PROTOCOL_VERSION } from '../protocol/wire.js';
import type { Probe } from './agentCalls.js';

/** The oldest major version of Node in which the agent runs. */
const OLDEST_NODE = 18;

/** Whether the agent is absent where it could be: not yet there, or to be injected. */
export function canLoadAgent(probe: Probe): boolean {
  return (
    probe.agent === undefined && probe.runtime !== 'Deno' && probe.runtime !== 'Bun' && !isOld(probe.node)
  );
}

/** Why a debuggee cannot be shown, in one line for people; `undefined` when nothing is in the way. */
export function whyUnavailable(probe: Probe, ownVersion: string): string | undefined {
  switch (probe.runtime) {
    case 'Deno':
    case 'Bun':
      return `${probe.runtime} is not supported: async tasks can be shown of Node.js programs only.`;
    case 'browser':
      return 'This is not a Node.js program: async tasks can be shown of Node.js programs only.';
    case 'node':
      break;
  }
  if (isOld(probe.node))
    return `Node ${probe.node?.slice(0, 40)} is too old: async tasks need Node ${OLDEST_NODE} or newer.`;
  const { agent } = probe;
  if (!agent) {
    return 'The agent was not loaded into this program: start it again with async tasks switched on, or attach to it.';
  }
  if (agent.protocol !== PROTOCOL_VERSION) {
    return (
      `The program was started by version ${agent.version.slice(0, 40)} of the extension, ` +
      `this is version ${ownVersion}: restart the program.`
    );
  }
  return undefined;
}

function isOld(node: string | undefined): boolean {
  return Number(/^v?(\d+)\./.exec(node ?? '')?.[1]) < OLDEST_NODE;
}
