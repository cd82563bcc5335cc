import { appendFileSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { extension, projectFile } from '../../test/vscode/support/extension.js';

interface LoadableModule {
  exports: { activate?: (context: unknown) => unknown };
}

type Load = (this: LoadableModule, file: string) => void;

/** Node's own way to load a file as a module, which VS Code uses. */
const modules = Module as unknown as { prototype: { load: Load } };

/** Until VS Code has come to rest after its start, as it has when somebody presses F5. */
const REST_MS = 8_000;

/**
 * Activates the extension in a fresh extension host, and writes how long its code took to load and
 * to activate. What VS Code does before, like fetching stored state from its window, is not ours.
 */
export async function run(): Promise<void> {
  if (extension.isActive) throw new Error('the extension is active although nobody debugs');
  await delay(REST_MS);
  let text = 'the extension was not loaded';
  const { load } = modules.prototype;
  modules.prototype.load = function (file) {
    if (file !== projectFile('dist', 'extension.js')) {
      load.call(this, file);
      return;
    }
    const loading = timed(() => {
      load.call(this, file);
    });
    const { activate } = this.exports;
    const timedActivate = (context: unknown): unknown => {
      let api: unknown;
      const activating = timed(() => (api = activate?.(context)));
      text = `load ${loading}, activate ${activating}`;
      return api;
    };
    this.exports = { ...this.exports, activate: timedActivate };
  };
  try {
    await extension.activate();
  } finally {
    modules.prototype.load = load;
  }
  const output = process.env['OUTPUT_FILE'];
  if (output !== undefined) appendFileSync(output, `${text}\n`);
}

/** The time that the work takes and, where the system tells it, how much of it the thread was running. */
function timed(work: () => unknown): string {
  const beganMs = performance.now();
  const ranMs = runningMs();
  work();
  const tookMs = performance.now() - beganMs;
  const text = `${tookMs.toFixed(1)} ms`;
  return ranMs === undefined ? text : `${text} (running ${((runningMs() ?? 0) - ranMs).toFixed(1)} ms)`;
}

/** What Linux has given the thread of processor time so far. */
function runningMs(): number | undefined {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}
