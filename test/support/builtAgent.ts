import { existsSync } from 'node:fs';
import path from 'node:path';

/** The bundle is loaded into every program: it stays small. */
export const AGENT_LIMIT_BYTES = 58 * 1024;

/**
 * Path of the agent's bundle.
 * @throws where it was not built: `npm test` builds it first
 */
export function builtAgent(): string {
  const file = path.resolve('dist/agent.js');
  if (!existsSync(file)) throw new Error('dist/agent.js is missing: run "npm run build" first');
  return file;
}

/** What loads the agent into a program and the processes that it starts. */
export function preloadedAgent(): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--require ${JSON.stringify(builtAgent())}` };
}
