import { t } from '../base/texts.js';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../base/userError.js';
import type { Target } from './arguments.js';
import { inspectorTarget } from './inspectorList.js';

/**
 * Where the inspector of a program listens. A number that is no process, but a port on which an inspector answers, is
 * taken for that. Rejects with a UserError.
 */
export async function inspectorOf(target: Target): Promise<{ host: string; port: number }> {
  if (!('pid' in target)) return target;
  const { pid } = target;
  const isPort = pid <= MAX_PORT && !existsProcess(pid) && (await answers(pid));
  return { host: LOCAL, port: isPort ? pid : await inspectorPort(pid) };
}

function existsProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    await inspectorTarget(LOCAL, port, ANSWER_LIMIT_MS);
    return true;
  } catch {
    return false; // nobody, or no inspector
  }
}

/**
 * Finds the inspector of a Node.js process, and opens it where it is closed. Rejects with a UserError. The signal
 * that opens it kills a process which does not expect it, so it is sent to none that is not seen to.
 */
async function inspectorPort(pid: number): Promise<number> {
  checkAlive(pid);
  checkIsNode(pid);
  const open = await openInspector(pid);
  if (open !== undefined) return open;
  openByRequest(pid);
  for (let waitedMs = 0; waitedMs < OPEN_LIMIT_MS; waitedMs += OPEN_PAUSE_MS) {
    await delay(OPEN_PAUSE_MS);
    const port = await openInspector(pid);
    if (port !== undefined) return port;
  }
  throw new UserError(
    t('Process {0} did not open its inspector. Start it with --inspect and give HOST:PORT.', pid),
  );
}

function checkAlive(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'EPERM'
        ? t('Process {0} belongs to another user: run this as that user.', pid)
        : t('There is no process {0}.', pid),
    );
  }
}

function checkIsNode(pid: number): void {
  const program = executable(pid);
  if (program !== undefined && !/^node(js)?(\.exe)?( \(deleted\))?$/i.test(basename(program))) {
    throw new UserError(t('Process {0} is not a Node.js program but {1}.', pid, basename(program)));
  }
}

function executable(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/exe`);
    if (process.platform === 'win32') return undefined; // asking a process that is not Node's does no harm there
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    throw new UserError(t('What process {0} runs cannot be seen: run this as its user.', pid));
  }
}

function openByRequest(pid: number): void {
  if (process.platform === 'win32') {
    (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
    return;
  }
  if (process.platform === 'linux' && !catchesSignal(pid)) {
    throw new UserError(
      t(
        'Process {0} does not let its inspector be opened (--disable-sigusr1, or it has only just started). Start it with --inspect and give HOST:PORT.',
        pid,
      ),
    );
  }
  process.kill(pid, 'SIGUSR1');
}

/** Whether SIGUSR1 has a handler: without one it would end the process. */
function catchesSignal(pid: number): boolean {
  const mask = /^SigCgt:\s*([0-9a-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & (1n << BigInt(SIGUSR1 - 1))) !== 0n;
}

/** The first port of the process that answers as an inspector does. */
async function openInspector(pid: number): Promise<number | undefined> {
  const ports = process.platform === 'linux' ? listeningPorts(pid) : [DEFAULT_PORT];
  for (const port of ports) {
    if (await answers(port)) return port; // others are the program's own
  }
  return undefined;
}

/** Ports on which a process listens, the inspector's usual one first. */
function listeningPorts(pid: number): number[] {
  const sockets = new Set<string>();
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode !== undefined) sockets.add(inode);
    } catch {
      continue; // closed in the meantime
    }
  }
  const ports = new Set<number>();
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readTable(`/proc/${pid}/net/${table}`)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === LISTENING && sockets.has(inode)) ports.add(parseInt(local.split(':')[1] ?? '', 16));
    }
  }
  return [...ports].sort((a, b) => Number(b === DEFAULT_PORT) - Number(a === DEFAULT_PORT));
}

function readTable(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(1);
  } catch {
    return []; // a machine without IPv6
  }
}

const LOCAL = '127.0.0.1';
const MAX_PORT = 65_535;
const DEFAULT_PORT = 9229;
const SIGUSR1 = 10;
/** State of a listening socket in /proc/net/tcp. */
const LISTENING = '0A';
const ANSWER_LIMIT_MS = 1000;
const OPEN_LIMIT_MS = 3000;
const OPEN_PAUSE_MS = 50;
