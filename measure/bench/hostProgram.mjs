import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const PROJECT = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));

/**
 * A program of the host's side, built as the extension is: what runs TypeScript as it stands gives each function a
 * name while it runs, which makes rows about twice as dear.
 *
 * @param {string} file TypeScript
 * @returns {Promise<string>} the file to run
 */
export async function builtHost(file) {
  const outfile = join(PROJECT, 'dist', 'test', `${basename(file, '.ts')}.js`);
  await build({
    absWorkingDir: PROJECT,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { __VERSION__: JSON.stringify(version) },
    minify: true,
    logLevel: 'warning',
  });
  return outfile;
}
