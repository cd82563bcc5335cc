import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { type Disposable, toDisposable } from '../base/disposable.js';

/**
 * Passes signals on to the program, after a last look at it, and keeps this process alive to tell how the program took
 * them. What a terminal sends at a key press reaches the program by itself.
 */
export function passSignals(
  program: ChildProcess,
  look: () => Promise<void>,
  platform: NodeJS.Platform = process.platform,
): Disposable {
  const isTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const pass = (signal: NodeJS.Signals): void => {
    if (isTerminal && FROM_KEYS.has(signal)) return;
    // on Windows to send any signal is to terminate; what comes from the console reaches the program by itself
    void look().finally(() => platform !== 'win32' && program.kill(signal));
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return toDisposable(() => {
    for (const signal of SIGNALS) process.off(signal, pass);
  });
}

/** Ends this process as the program ended. */
export function endAs(code: number | null, signal: NodeJS.Signals | null): void {
  if (signal === null) {
    process.exitCode = code ?? 1;
    return;
  }
  process.exitCode = 128 + constants.signals[signal];
  process.kill(process.pid, signal);
}

const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGBREAK', 'SIGHUP']
    : ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];
const FROM_KEYS: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGBREAK']);
