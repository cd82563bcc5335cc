import { loadedModules } from '../realm/nodesFunctions.js';

/** Between two looks for what the program has loaded. */
const PAUSE_MS = 500;

/** Modules of libraries that are looked for among what the program has loaded with `require`. */
export class ObservedModules {
  private readonly found = new Set<string>();
  private count = 0;
  private lookedAtMs = -Infinity;

  /** `modules`: by the end of their file names; each is called once, with what the module exports. */
  constructor(private readonly modules: readonly ObservedModule[]) {}

  /** At a poll. */
  look(atMs: number): void {
    if (atMs - this.lookedAtMs < PAUSE_MS) return;
    this.lookedAtMs = atMs;
    const files = Object.keys(loadedModules);
    if (files.length === this.count) return;
    this.count = files.length;
    for (const file of files) if (!this.found.has(file)) this.lookAt(file);
  }

  /** They are looked for from the beginning. */
  forget(): void {
    this.found.clear();
    this.count = 0;
    this.lookedAtMs = -Infinity;
  }

  private lookAt(file: string): void {
    const path = file.replaceAll('\\', '/');
    for (const { end, observe } of this.modules) {
      if (!path.endsWith(end)) continue;
      const module = loadedModules[file];
      if (module?.loaded !== true) continue;
      this.found.add(file);
      observe(module.exports);
    }
  }
}

export interface ObservedModule {
  /** `/node_modules/pg/lib/client.js` */
  readonly end: string;
  readonly observe: (exports: unknown) => void;
}
