import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, cachedFolder } from './cacheFolder.js';
import { nodeBinary, installNode } from './nodeVersions.js';
import { npmInstall } from './npm.js';

/** What may inherit NODE_OPTIONS from a debugged program, though nothing of it can be shown. */
export interface OtherRuntime {
  name: string;
  /** Arguments before those of the runtime's own and the script. */
  argv: readonly string[];
  binary: string;
  install: () => Promise<unknown>;
}

/** Older than the agent can run in; each of another syntax. */
const OLD_NODES = ['12.22.12', '14.21.3', '16.20.2'];

/** Those that there are binaries of for this platform. */
export const OTHER_RUNTIMES: readonly OtherRuntime[] =
  process.platform === 'linux' && process.arch === 'x64'
    ? [
        ...OLD_NODES.map((version) => ({
          name: `Node ${version}`,
          argv: [],
          binary: nodeBinary(version),
          install: () => installNode(version),
        })),
        packaged('Deno', ['run', '--allow-all'], '@deno/linux-x64-glibc', '2.9.6', 'deno'),
        packaged('Bun', [], '@oven/bun-linux-x64', '1.4.5', join('bin', 'bun')),
      ]
    : [];

function packaged(
  name: string,
  argv: readonly string[],
  npmPackage: string,
  version: string,
  file: string,
): OtherRuntime {
  const folder = `${name.toLowerCase()}-${version}`;
  const inFolder = join('node_modules', npmPackage, file);
  const install = (): Promise<string> =>
    cachedFolder(folder, async (partial) => {
      process.stderr.write(`Installing ${name} ${version} …\n`);
      await npmInstall(partial, [`${npmPackage}@${version}`]);
      if (!existsSync(join(partial, inFolder)))
        throw new Error(`${npmPackage}@${version} holds no ${inFolder}`);
    });
  return { name, argv, binary: join(CACHE, folder, inFolder), install };
}
