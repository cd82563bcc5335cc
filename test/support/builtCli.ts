import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Path of the command line tool's bundle.
 * @throws where it was not built: `npm test` builds it first
 */
export function builtCli(): string {
  for (const name of ['cli.js', 'agent.js', 'agent.body.js', 'inspect.js', 'inspect.body.js', 'bridge.js']) {
    const file = path.resolve('dist', name);
    if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first`);
  }
  return path.resolve('dist/cli.js');
}
