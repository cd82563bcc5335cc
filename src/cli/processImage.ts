import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The program that a process runs: its path. `undefined` on Windows, where it does no harm to ask a process that is not
 * Node's. Throws where it cannot be seen.
 */
export function executable(pid: number, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === 'linux') return readlinkSync(`/proc/${pid}/exe`);
  if (platform === 'win32') return undefined;
  // what `ps` calls a process is what the process calls itself
  const files = run('lsof', ['-a', '-p', String(pid), '-d', 'txt', '-Fn']);
  const image = /^n(\/.*)$/m.exec(files)?.[1];
  return image ?? run('ps', ['-ww', '-o', 'comm=', '-p', String(pid)]).trim();
}

/**
 * Whether SIGUSR1 opens the inspector of a Node.js process and does not end it, as far as that can be seen: one that has
 * only just started, or was started with --disable-sigusr1, has no handler.
 */
export function takesSignal(pid: number, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'linux') return catchesSignal(readFileSync(`/proc/${pid}/status`, 'utf8'));
  const [elapsed = '', ...words] = run('ps', ['-ww', '-o', 'etime=,command=', '-p', String(pid)])
    .trim()
    .split(/\s+/);
  return secondsOf(elapsed) >= STARTED_S && !words.includes('--disable-sigusr1');
}

function catchesSignal(status: string): boolean {
  const mask = /^SigCgt:\s*([0-9a-f]+)/m.exec(status)?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & (1n << BigInt(SIGUSR1 - 1))) !== 0n;
}

/** Seconds of `[[dd-]hh:]mm:ss`. */
function secondsOf(elapsed: string): number {
  const [, days = '0', hours = '0', minutes, seconds] =
    /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)$/.exec(elapsed) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // lsof fails where it could not see one of many things, and tells the others
    const { stdout } = error as { stdout?: string };
    if (stdout) return stdout;
    if (program === 'lsof') return '';
    throw error;
  }
}

const SIGUSR1 = 10;
const STARTED_S = 2;
