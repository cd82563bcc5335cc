import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from '../cacheFolder.js';
import { SERVER_NODE_VERSION, installNode } from '../nodeVersions.js';
import { npmInstall, npmInstallDependencies } from '../npm.js';

/** The npm package that carries a built VS Code server, with the workbench for the browser. */
const SERVER_PACKAGE = 'code-server';
const SERVER_VERSION = '4.139.1';

/** Parts of the server that are large and that nothing here uses. */
const UNUSED = ['extensions/copilot', 'node_modules/@github', 'node_modules/@microsoft/mxc-sdk'];

export interface ServerInstallation {
  /** Node to run the server with. */
  node: string;
  /** Script of the server. */
  main: string;
}

/**
 * Installs the VS Code server into the cache if it is not there yet. Nothing is compiled: the native modules that
 * do not come prebuilt stay away, which costs the server its log files and the test nothing.
 */
export async function installServer(): Promise<ServerInstallation> {
  const node = await installNode(SERVER_NODE_VERSION);
  const folder = await cachedFolder(`vscode-server-${SERVER_VERSION}`, async (partial) => {
    process.stderr.write('Installing a VS Code server (once; about 600 MB) …\n');
    await npmInstall(partial, [`${SERVER_PACKAGE}@${SERVER_VERSION}`]);
    const vscode = vscodeIn(partial);
    await npmInstallDependencies(vscode);
    await npmInstallDependencies(join(vscode, 'extensions'));
    for (const unused of UNUSED) rmSync(join(vscode, unused), { recursive: true, force: true });
    if (!existsSync(mainIn(partial)))
      throw new Error(
        `${SERVER_PACKAGE}@${SERVER_VERSION} holds no VS Code server: ${readdirSync(vscode).join(', ')}`,
      );
  });
  return { node, main: mainIn(folder) };
}

function vscodeIn(folder: string): string {
  return join(folder, 'node_modules', SERVER_PACKAGE, 'lib', 'vscode');
}

function mainIn(folder: string): string {
  return join(vscodeIn(folder), 'out', 'server-main.js');
}
