import { run } from './run.js';

/**
 * Installs packages into a folder of their own, without running their scripts.
 * @throws with npm's own words and what to do, where npm fails
 */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  await npm(['install', '--prefix', folder, '--no-save', '--package-lock=false', ...packages], folder);
}

/** Installs what the package.json (and shrinkwrap) of a folder asks for to run, without running scripts. */
export async function npmInstallDependencies(folder: string): Promise<void> {
  await npm(['install', '--omit=dev', '--no-save'], folder);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const all = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', all, { cwd, shell: process.platform === 'win32' });
  if (code === 0) return;
  throw new Error(
    `npm ${args.join(' ')} failed with exit code ${code}:\n${output.trim()}\n` +
      'Check that the npm registry can be reached, then try again.',
  );
}
