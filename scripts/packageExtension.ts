import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PROJECT } from './cacheFolder.js';
import { run } from './run.js';

/** Makes the .vsix by `npm run package` in the cache, and returns its path. */
export async function packageExtension(): Promise<string> {
  const vsix = join(CACHE, 'node-async-debugger.vsix');
  mkdirSync(CACHE, { recursive: true });
  const { code, output } = await run('npm', ['run', 'package', '--', '--out', vsix], {
    cwd: PROJECT,
    shell: process.platform === 'win32',
  });
  if (code !== 0) throw new Error(`npm run package failed:\n${output.trim()}`);
  return vsix;
}
