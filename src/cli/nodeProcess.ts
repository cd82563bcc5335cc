import { t } from '../base/texts.js';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../base/userError.js';
import type { Target } from './arguments.js';
import { inspectorTarget } from './inspectorList.js';
import { executable, takesSignal } from './processImage.js';
import { listeningPorts } from './processPorts.js';

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
  const program = programOf(pid);
  if (program !== undefined && !/^node(js)?(\.exe)?( \(deleted\))?$/i.test(basename(program))) {
    throw new UserError(t('Process {0} is not a Node.js program but {1}.', pid, basename(program)));
  }
}

function programOf(pid: number): string | undefined {
  try {
    return executable(pid);
  } catch {
    throw new UserError(t('What process {0} runs cannot be seen: run this as its user.', pid));
  }
}

function openByRequest(pid: number): void {
  if (process.platform === 'win32') {
    openOnWindows(pid);
    return;
  }
  if (!takesSignal(pid)) {
    throw new UserError(
      t(
        'Process {0} does not let its inspector be opened (--disable-sigusr1, or it has only just started). Start it with --inspect and give HOST:PORT.',
        pid,
      ),
    );
  }
  process.kill(pid, 'SIGUSR1');
}

function openOnWindows(pid: number): void {
  try {
    (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
  } catch (error) {
    throw new UserError(
      t('Process {0} is no Node.js program that can be asked ({1}).', pid, (error as Error).message),
    );
  }
}

/** The first port of the process that answers as an inspector does. */
async function openInspector(pid: number): Promise<number | undefined> {
  // the usual one first
  const ports = listeningPorts(pid).sort((a, b) => Number(b === DEFAULT_PORT) - Number(a === DEFAULT_PORT));
  for (const port of ports) {
    if (await answers(port)) return port; // others are the program's own
  }
  return undefined;
}

const LOCAL = '127.0.0.1';
const MAX_PORT = 65_535;
const DEFAULT_PORT = 9229;
const ANSWER_LIMIT_MS = 1000;
const OPEN_LIMIT_MS = 3000;
const OPEN_PAUSE_MS = 50;
