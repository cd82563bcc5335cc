import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { CACHE } from './cacheFolder.js';
import { type ExtensionRun, runInServer } from './vscodeHost/extensionTests.js';

const REACH_LIMIT_MS = 5_000;
const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Runs a module in the extension host of a real VS Code: the one that VSCODE_EXECUTABLE names, else one that is
 * downloaded, else the VS Code server from the npm registry, where nothing can be downloaded or there is no display.
 * VSCODE_VERSION tells which is downloaded: a number, `stable` or `insiders`.
 * What the module appends to the file OUTPUT_FILE is printed as it comes. Resolves with the exit code.
 */
export async function runInVsCode(what: ExtensionRun): Promise<number> {
  const executable = process.env['VSCODE_EXECUTABLE'] ?? (await downloaded());
  const folder = mkdtempSync(join(tmpdir(), 'nad-run-'));
  const output = join(folder, 'output.txt');
  writeFileSync(output, '');
  let printed = 0;
  const print = (): void => {
    const all = readFileSync(output);
    process.stdout.write(all.subarray(printed));
    printed = all.length;
  };
  const printing = setInterval(print, 100);
  const run = { ...what, env: { ...what.env, OUTPUT_FILE: output } };
  try {
    return await (executable === undefined ? runInServer(run) : runOnDesktop(executable, run));
  } finally {
    clearInterval(printing);
    print();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOnDesktop(executable: string, what: ExtensionRun): Promise<number> {
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: what.extension,
      extensionTestsPath: what.entry,
      extensionTestsEnv: what.env,
      launchArgs: [
        what.folder,
        '--disable-extensions',
        '--disable-workspace-trust',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } catch (error) {
    process.stderr.write(`${executable}: ${String(error)}\n`);
    return 1;
  }
}

async function downloaded(): Promise<string | undefined> {
  const instead = 'using the VS Code server instead';
  const { DISPLAY: x11 = '', WAYLAND_DISPLAY: wayland = '' } = process.env;
  if (process.platform === 'linux' && x11 === '' && wayland === '') {
    process.stderr.write(`VS Code: there is no display, ${instead}\n`);
    return undefined;
  }
  try {
    const answer = await fetch(RELEASES, { signal: AbortSignal.timeout(REACH_LIMIT_MS) });
    if (!answer.ok) throw new Error(`${RELEASES} answered ${answer.status}`);
    const { VSCODE_VERSION: version = 'stable' } = process.env;
    return await downloadAndUnzipVSCode({ version, cachePath: join(CACHE, 'vscode') });
  } catch (error) {
    process.stderr.write(`VS Code: no download (${String(error)}), ${instead}\n`);
    return undefined;
  }
}
