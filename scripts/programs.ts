import { join } from 'node:path';
import { PROJECT } from './cacheFolder.js';
import { run, runVisibly } from './run.js';

/** Runs a program of an installed package, or one of our own scripts, on this terminal with this Node. */
export function runScript(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const all = [join(PROJECT, script), ...args];
  return runVisibly(process.execPath, all, { cwd: PROJECT, env: { ...process.env, ...env } });
}

/** As `runScript`, but what it prints stands on this terminal in one piece, at its end: other work goes on beside it. */
export async function runScriptBeside(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const all = [join(PROJECT, script), ...args];
  const { code, output } = await run(process.execPath, all, {
    cwd: PROJECT,
    env: { ...process.env, ...env },
  });
  process.stdout.write(output);
  return code;
}

/** @throws where the build fails; it has printed why */
export async function build(): Promise<void> {
  for (const [script, ...args] of [['esbuild.mjs'], ['node_modules/typescript/bin/tsc', '-p', 'examples']])
    if (script !== undefined && (await runScript(script, args)) !== 0)
      throw new Error(`The build failed: node ${[script, ...args].join(' ')}`);
}
