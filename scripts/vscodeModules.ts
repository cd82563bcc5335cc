import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { PROJECT } from './cacheFolder.js';

const OUT = join(PROJECT, 'dist', 'test');

/** Where the modules are that run in the extension host. */
interface ExtensionHostModules {
  tests: string;
  checkSample: string;
  activation: string;
  sessions: string;
}

/**
 * Builds what runs in the extension host besides the extension: a module a test file, the check of the sample, what
 * times the activation and what measures sessions.
 * They lie under the extension's own folder, so that VS Code gives them the extension's own API. `file`: of the tests
 * this one alone, by its name without the ending.
 */
export async function buildExtensionHostModules(file = '*'): Promise<ExtensionHostModules> {
  const folder = join(PROJECT, 'test', 'vscode');
  const all = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const tests = file === '*' ? all : all.filter((name) => name === `${file}.test.ts`);
  if (tests.length === 0) throw new Error(`There is no ${file}.test.ts in test/vscode`);
  await build({
    absWorkingDir: PROJECT,
    entryPoints: [
      ...['index.ts', ...tests].map((name) => join(folder, name)),
      join(PROJECT, 'scripts', 'checkSample.ts'),
      join(PROJECT, 'measure', 'activation', 'measureActivation.ts'),
      join(PROJECT, 'measure', 'sessionSpeed', 'measureSessions.ts'),
    ],
    outdir: OUT,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    define: { __TEST_FILES__: JSON.stringify(tests.map((name) => `${basename(name, '.ts')}.js`)) },
    logLevel: 'warning',
  });
  return {
    tests: join(OUT, 'index.js'),
    checkSample: join(OUT, 'checkSample.js'),
    activation: join(OUT, 'measureActivation.js'),
    sessions: join(OUT, 'measureSessions.js'),
  };
}
