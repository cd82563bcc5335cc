import { t } from '../base/texts.js';
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
      return t('{0} is not supported: async tasks can be shown of Node.js programs only.', probe.runtime);
    case 'browser':
      return t('This is not a Node.js program: async tasks can be shown of Node.js programs only.');
    case 'node':
      break;
  }
  if (isOld(probe.node))
    return t(
      'Node {0} is too old: async tasks need Node {1} or newer.',
      probe.node?.slice(0, 40) ?? '',
      OLDEST_NODE,
    );
  const { agent } = probe;
  if (!agent) {
    return t(
      'The agent was not loaded into this program: start it again with async tasks switched on, or attach to it.',
    );
  }
  if (agent.protocol !== PROTOCOL_VERSION) {
    return t(
      'The program was started by version {0} of the extension, this is version {1}: restart the program.',
      agent.version.slice(0, 40),
      ownVersion,
    );
  }
  return undefined;
}

function isOld(node: string | undefined): boolean {
  return Number(/^v?(\d+)\./.exec(node ?? '')?.[1]) < OLDEST_NODE;
}
