/** `setupFilesAfterEnv: ['node-async-debugger/jest']`: a test that exceeds its time limit fails with what it waited for. */
import type { Site } from '../protocol/snapshot.js';
import { join } from 'node:path';
import { loadAgent, ownRequire, realm } from './agentOfThread.js';
import type * as Autopsy from './autopsy.js';
import { TestResource } from './testResource.js';

interface Test {
  name: string;
  parent?: { name: string; parent?: object };
  fn?: (...args: unknown[]) => unknown;
  /** What was thrown, and where the test stands. */
  errors?: unknown[];
}

interface Event {
  name: string;
  test?: Test;
}

/** What Jest's runner keeps its listeners in. */
const HANDLERS = Symbol.for('EVENT_HANDLERS');

const running = new WeakMap<Test, TestResource>();

async function onEvent({ name, test }: Event): Promise<void> {
  if (!test) return;
  if (name === 'test_start') begin(test);
  const resource = running.get(test);
  if (!resource) return;
  if (name === 'test_fn_failure') await addAutopsy(test, resource.title);
  if (name === 'test_done') resource.end();
}

function begin(test: Test): void {
  const { fn } = test;
  if (typeof fn !== 'function') return;
  const resource = new TestResource(namesOf(test));
  running.set(test, resource);
  const within = function (this: unknown, ...args: unknown[]): unknown {
    return resource.runInAsyncScope(fn, this, ...args);
  };
  // whether it takes `done` is told by its length
  Object.defineProperty(within, 'length', { value: fn.length });
  test.fn = within;
}

function namesOf(test: Test): string[] {
  const names = [test.name];
  let above = test.parent as Test | undefined;
  for (; above?.parent !== undefined; above = above.parent as Test) names.unshift(above.name);
  return names;
}

/** The runner has kept the failure already, as a text. */
async function addAutopsy({ errors = [] }: Test, title: string): Promise<void> {
  const failure: unknown = errors.at(-1);
  if (!Array.isArray(failure) || typeof failure[0] !== 'string' || !TIMED_OUT.test(failure[0])) return;
  failure[0] += await autopsy(title, { globals: globalThis, originalPlace });
}

/** Jest compiles modules on the fly, and tells their places to whoever writes the stack of an error. */
function originalPlace(site: Site): Pick<Site, 'file' | 'line' | 'column'> | undefined {
  const { prepareStackTrace } = realm['Error'] as { prepareStackTrace?: PrepareStackTrace };
  if (typeof prepareStackTrace !== 'function') return undefined;
  try {
    const text = String(prepareStackTrace(new Error(), [frameAt(site)]));
    const [, file, line, column] = /\((.+):(\d+):(\d+)\)\s*$/.exec(text) ?? [];
    return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
  } catch {
    return undefined;
  }
}

type PrepareStackTrace = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** A call at a place, of which nothing else is known; who copies it looks for its functions on its prototype. */
function frameAt({ file, line, column }: Site): NodeJS.CallSite {
  const known: Record<string, unknown> = {
    getFileName: file,
    getScriptNameOrSourceURL: file,
    getLineNumber: line,
    getColumnNumber: column,
    getFunctionName: 'called',
    isToplevel: true,
  };
  const prototype: Record<string, () => unknown> = {};
  for (const name of CALL_SITE) prototype[name] = () => known[name] ?? (name.startsWith('is') ? false : null);
  return Object.create(prototype) as NodeJS.CallSite;
}

/** Functions of V8's call sites. */
const CALL_SITE = [
  ...[
    'getColumnNumber',
    'getEnclosingColumnNumber',
    'getEnclosingLineNumber',
    'getEvalOrigin',
    'getFileName',
  ],
  ...['getFunction', 'getFunctionName', 'getLineNumber', 'getMethodName', 'getPosition', 'getPromiseIndex'],
  ...['getScriptHash', 'getScriptNameOrSourceURL', 'getThis', 'getTypeName', 'isAsync', 'isConstructor'],
  ...['isEval', 'isNative', 'isPromiseAll', 'isToplevel'],
];

const TIMED_OUT = /^Exceeded timeout of /;

/** Outside of the context of the tests, whose `require` ends with them. */
const { autopsy } = ownRequire()(join(__dirname, 'autopsy.js')) as typeof Autopsy;

loadAgent(false);
const handlers = (globalThis as Record<symbol, unknown>)[HANDLERS];
if (Array.isArray(handlers)) handlers.push(onEvent);
