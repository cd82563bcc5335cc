// npm start              opens VS Code on the sample shop, with this extension
// npm start -- --check   does the same without a screen, and prints what the views show
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE, PROJECT } from './cacheFolder.js';
import { packageExtension } from './packageExtension.js';
import { build } from './programs.js';
import { runInVsCode } from './runInVsCode.js';
import { VsCodeServer, installExtension } from './vscodeHost/server.js';
import { buildExtensionHostModules } from './vscodeModules.js';

const SAMPLE = join(PROJECT, 'examples');

async function main(): Promise<number> {
  const [option, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || (option !== undefined && option !== '--check'))
    throw new Error('Usage: npm start [-- --check]');
  await build();
  if (option === '--check') return check();
  return openOnDesktop() ? 0 : serve();
}

/** False where there is no `code` on the PATH. */
function openOnDesktop(): boolean {
  const args = [`--extensionDevelopmentPath=${PROJECT}`, SAMPLE];
  const { error, status } = spawnSync('code', args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0) return false;
  process.stdout.write('VS Code is open on the sample shop: press F5, then look at Async Tasks.\n');
  return true;
}

/** Runs a VS Code server of our own until Ctrl+C. */
async function serve(): Promise<number> {
  const home = join(CACHE, 'start');
  const vsix = await packageExtension();
  await installExtension(vsix, home);
  const server = await VsCodeServer.start({ home });
  process.stdout.write(
    `\nVS Code with the sample shop: ${server.url({ folder: SAMPLE })}\n` +
      'Open it in a browser, press F5, then look at Async Tasks. Ctrl+C ends it.\n',
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
  await server.ended();
  return 0;
}

async function check(): Promise<number> {
  const { checkSample } = await buildExtensionHostModules();
  const folder = mkdtempSync(join(tmpdir(), 'nad-check-'));
  const done = join(folder, 'done');
  try {
    const env = { DONE_FILE: done };
    const code = await runInVsCode({ extension: PROJECT, entry: checkSample, folder: SAMPLE, env });
    if (code === 0 && existsSync(done) && readFileSync(done, 'utf8') === 'done') return 0;
    throw new Error('The check of the sample failed: the lines above say what was not seen.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
