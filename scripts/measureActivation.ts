import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import { extension, projectFile } from '../test/vscode/support/extension.js';

interface LoadableModule {
  exports: { activate?: (context: unknown) => unknown };
}

type Load = (this: LoadableModule, file: string) => void;

/** Node's own way to load a file as a module, which VS Code uses. */
const modules = Module as unknown as { prototype: { load: Load } };

/**
 * Activates the extension in the extension host that has just started, and writes how long its code took to load and
 * to activate. What VS Code does before, like fetching stored state from its window, is not ours.
 */
export async function run(): Promise<void> {
  if (extension.isActive) throw new Error('the extension is active although nobody debugs');
  let text = 'the extension was not loaded';
  const { load } = modules.prototype;
  modules.prototype.load = function (file) {
    if (file !== projectFile('dist', 'extension.js')) {
      load.call(this, file);
      return;
    }
    const loadingMs = timed(() => {
      load.call(this, file);
    });
    const { activate } = this.exports;
    const timedActivate = (context: unknown): unknown => {
      let api: unknown;
      const activatingMs = timed(() => (api = activate?.(context)));
      text = `load ${loadingMs.toFixed(1)} ms, activate ${activatingMs.toFixed(1)} ms`;
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

function timed(work: () => unknown): number {
  const beganMs = performance.now();
  work();
  return performance.now() - beganMs;
}
