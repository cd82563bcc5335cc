import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const { cachedFolder } = await tsImport('../../scripts/cacheFolder.ts', import.meta.url);
const { npmInstallDependencies } = await tsImport('../../scripts/npm.ts', import.meta.url);
const HERE = import.meta.dirname;

/**
 * The folder in which the programs run: their packages, installed once for each lock file, and beside them
 * the small programs of this folder as they are now.
 *
 * @returns {Promise<string>}
 */
export async function programsFolder() {
  const lock = readFileSync(join(HERE, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = await cachedFolder(`compat-${digest}`, async (partial) => {
    process.stderr.write('Installing the packages of the programs …\n');
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(HERE, name), join(partial, name));
    await npmInstallDependencies(partial);
  });
  rmSync(join(folder, 'programs'), { recursive: true, force: true });
  cpSync(join(HERE, 'programs'), join(folder, 'programs'), { recursive: true });
  return folder;
}

/**
 * @param {string} folder as returned by programsFolder
 * @param {string} name of a package
 * @returns {string} its installed version
 */
export function packageVersion(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}
