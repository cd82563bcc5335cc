import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const { cachedFolder } = await tsImport('../../scripts/cacheFolder.ts', import.meta.url);
const { npmInstall } = await tsImport('../../scripts/npm.ts', import.meta.url);

/**
 * Other people's tools, installed where they are missing.
 *
 * @returns {Promise<Partial<import('./modes.mjs').Mode>>} what has to be required first
 */
export async function blockedAt() {
  const BLOCKING_PEER = await installed('blocked-at', '1.2.0');
  const programs = join(import.meta.dirname, '..', 'blockingAccuracy', 'programs');
  return { preload: join(programs, 'blockedAt.cjs'), env: { BLOCKING_PEER } };
}

/** The same of another one. */
export async function whyIsNodeRunning() {
  return { preload: join(await installed('why-is-node-running', '3.2.3'), 'index.js') };
}

async function installed(name, version) {
  const folder = await cachedFolder(`${name}-${version}`, async (partial) => {
    process.stderr.write(`Installing ${name} ${version} …\n`);
    await npmInstall(partial, [`${name}@${version}`]);
  });
  return join(folder, 'node_modules', name);
}
