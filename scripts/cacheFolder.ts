import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const PROJECT = resolve(__dirname, '..');

/** Where downloaded tools are kept between runs. */
export const CACHE = resolve(process.env['NODE_ASYNC_DEBUGGER_CACHE'] ?? join(PROJECT, '.cache'));

/**
 * A folder of the cache that is either whole or not there: `fill` works in a folder beside it, which takes its
 * place at the end. What another process has finished first is used.
 */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial-${process.pid}`;
  try {
    mkdirSync(partial, { recursive: true });
    await fill(partial);
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}
