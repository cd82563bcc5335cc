import { toTranslate } from '../../base/texts.js';
import type { WireFrame } from '../../protocol/wire.js';

/** What the user's code called that did not come back: a name for people, and what kind of call it is. */
export interface Call {
  name: string;
  kind: 'synchronous call' | 'regular expression' | 'module loading';
}

/** The call that `frame`, the one above the user's code, stands for; `undefined` where that says nothing. */
export function callOf(frame: WireFrame): Call | undefined {
  if (frame.url.startsWith('wasm:')) return synchronous('WebAssembly');
  if (frame.url === '') return builtinCall(frame.function);
  return frame.url.startsWith('node:') ? nodeCall(frame) : undefined;
}

/** A function that by its name does all its work before it returns. */
export function isSynchronous(name: string): boolean {
  return name.endsWith('Sync') || name === 'zlib';
}

/** A call that may take long without using the processor. */
export function mayWait(name: string): boolean {
  return isSynchronous(name) || name === 'Atomics.wait';
}

/** `readFileSync` of `fs.readFileSync`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function synchronous(name: string): Call {
  return { name, kind: 'synchronous call' };
}

/** Builtins of the language that keep the thread by themselves; others only call the user's code. */
function builtinCall(name: string): Call | undefined {
  if (REGEXP.test(name)) return { name: toTranslate('a regular expression'), kind: 'regular expression' };
  const full = BUILTINS.get(lastName(name));
  return full === undefined ? undefined : synchronous(full);
}

function nodeCall(frame: WireFrame): Call | undefined {
  const path = frame.url.slice('node:'.length).replace(/^internal\//, '');
  const module = (path.split('/')[0] ?? '').replace(/^_/, '');
  const name = frame.function
    .replace(/^(Object|Module|Function|process|Script|[A-Z]\w+)\./, '')
    .replace(/ \[as .*\]$/, '');
  if (module === 'modules') return { name: name || 'require', kind: 'module loading' };
  if (module === 'zlib' && name === 'syncBufferWrapper') return synchronous('zlib');
  if (name === 'structuredClone') return synchronous(name);
  // others are too short to matter by themselves: what takes long is the code that calls them so often
  if (!MODULES.has(module) || name.includes(' ')) return undefined;
  if (name === '') return synchronous(module);
  return synchronous(name.startsWith(`${module}.`) ? name : `${module}.${name}`);
}

/** Modules of which one call can take long. */
const MODULES = new Set(['buffer', 'child_process', 'console', 'crypto', 'fs', 'util', 'v8', 'vm', 'zlib']);

const REGEXP =
  /^(?:RegExp: |(?:\w+\.)?(?:exec|test|match|matchAll|search|\[Symbol\.(?:match|matchAll|replace|search|split)\])$)/;

const BUILTINS = new Map([
  ['parse', 'JSON.parse'],
  ['stringify', 'JSON.stringify'],
  ['wait', 'Atomics.wait'],
]);
