// npm run activation-time         how long VS Code takes to load and activate the extension as it is packaged, five times
// npm run activation-time -- 10   so many times
import { join } from 'node:path';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { runScript } from '../../scripts/programs.js';
import { runInVsCode } from '../../scripts/runInVsCode.js';
import { buildExtensionHostModules } from '../../scripts/vscodeModules.js';

const TIMES = 5;

/** Each time in a fresh VS Code, which prints the time. */
async function main(): Promise<void> {
  const times = Number(process.argv[2] ?? TIMES);
  if (!Number.isInteger(times) || times < 1) throw new Error('Usage: npm run activation-time [-- TIMES]');
  if ((await runScript('esbuild.mjs', ['--production'])) !== 0) throw new Error('The build failed');
  const { activation } = await buildExtensionHostModules();
  for (let n = 0; n < times; n++) {
    const code = await runInVsCode({
      extension: PROJECT,
      entry: activation,
      folder: join(PROJECT, 'examples'),
      env: {},
    });
    if (code !== 0) throw new Error(`VS Code ended with exit code ${code}`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
