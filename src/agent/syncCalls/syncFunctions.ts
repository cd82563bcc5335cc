/** Node's functions that do all their work before they return. While they are watched, proxies stand in their place. */
import { createRequire, syncBuiltinESMExports } from 'node:module';

export type AnyFunction = (...parameters: unknown[]) => unknown;
type Exports = Record<string, unknown>;

interface Replaced {
  exports: Exports;
  name: string;
  original: AnyFunction;
  proxy: AnyFunction;
}

const MODULES = ['fs', 'child_process', 'crypto', 'zlib'];

// taken before the program can replace them
const { getBuiltinModule } = process as Partial<typeof process>;
const requireAnew = createRequire;
const updateNamedImports = syncBuiltinESMExports;

/** A proxy has the name, length, properties and prototype of its function, also those that it gets later on. */
export class SyncFunctions {
  private replaced: Replaced[] = [];
  private readonly watchers = new Map<string, ProxyHandler<AnyFunction>>();

  /** `watcherOf`: is asked once for each function, such as `fs.readFileSync`. */
  constructor(private readonly watcherOf: (call: string) => ProxyHandler<AnyFunction>) {}

  watch(): void {
    for (const name of MODULES) {
      try {
        this.watchModule(name, load(name));
      } catch {
        // Node can be built without it
      }
    }
    updateNamedImports();
  }

  /** What the program has replaced since, or keeps elsewhere, goes on calling the proxy. */
  leave(): void {
    for (const { exports, name, original, proxy } of this.replaced.splice(0)) {
      if (ownValue(exports, name) === proxy) Reflect.set(exports, name, original);
    }
    updateNamedImports();
  }

  private watchModule(module: string, exports: Exports): void {
    for (const name of Object.keys(exports)) {
      const original = name.endsWith('Sync') ? ownValue(exports, name) : undefined;
      if (typeof original !== 'function') continue;
      const proxy = new Proxy(original as AnyFunction, this.watcher(`${module}.${name}`));
      if (Reflect.set(exports, name, proxy))
        this.replaced.push({ exports, name, original: original as AnyFunction, proxy });
    }
  }

  private watcher(call: string): ProxyHandler<AnyFunction> {
    let watcher = this.watchers.get(call);
    if (watcher === undefined) this.watchers.set(call, (watcher = this.watcherOf(call)));
    return watcher;
  }
}

function load(module: string): Exports {
  const exports = getBuiltinModule?.(module) ?? (requireAnew(process.execPath)(`node:${module}`) as object);
  return exports as Exports;
}

/** Without running a getter of the program's. */
function ownValue(exports: Exports, name: string): unknown {
  return Object.getOwnPropertyDescriptor(exports, name)?.value;
}
