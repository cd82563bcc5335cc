import { existsSync } from 'node:fs';
import path from 'node:path';

/** The bundle is loaded into every program: it stays small. */
export const AGENT_LIMIT_BYTES = 100 * 1024;

/**
 * Path of what programs require, which loads the agent's bundle beside it.
 * @throws where it was not built: `npm test` builds it first
 */
export function builtAgent(): string {
  for (const name of ['agent.js', 'agent.body.js'])
    if (!existsSync(path.resolve('dist', name)))
      throw new Error(`dist/${name} is missing: run "npm run build" first`);
  return path.resolve('dist/agent.js');
}

/** What loads the agent into a program and the processes that it starts. */
export function preloadedAgent(): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--require ${JSON.stringify(builtAgent())}` };
}
