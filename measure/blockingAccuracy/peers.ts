import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from '../../scripts/cacheFolder.js';
import { npmInstallDependencies } from '../../scripts/npm.js';
import { PROGRAMS } from './folders.js';

/** What people use today: a file that the program requires first, and what that needs. */
export interface Peer {
  name: string;
  preload: string;
  env: Record<string, string>;
}

const PINNED = join(__dirname, 'peers');

/** Installs what is not there yet. */
export async function installPeers(): Promise<Peer[]> {
  const lock = readFileSync(join(PINNED, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = await cachedFolder(`peers-${digest}`, async (partial) => {
    process.stderr.write('Installing blocked-at …\n');
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(PINNED, name), join(partial, name));
    await npmInstallDependencies(partial);
  });
  const package_ = join(folder, 'node_modules', 'blocked-at');
  const { version } = JSON.parse(readFileSync(join(package_, 'package.json'), 'utf8')) as { version: string };
  return [
    {
      name: `blocked-at ${version}`,
      preload: join(PROGRAMS, 'blockedAt.cjs'),
      env: { BLOCKING_PEER: package_ },
    },
    { name: 'monitorEventLoopDelay', preload: join(PROGRAMS, 'loopDelay.cjs'), env: {} },
  ];
}
