/** `setupFiles: ['node-async-debugger/vitest']`: a test that exceeds its time limit fails with what it waited for. */
import { autopsy } from './autopsy.js';
import { loadAgent } from './agentOfThread.js';
import { TestResource } from './testResource.js';

interface Test {
  name: string;
  suite?: Test;
  result?: { state?: string; errors?: { message: string; stack?: string }[] };
}

interface TestContext {
  task: Test;
  onTestFailed: (run: () => Promise<void>) => void;
  onTestFinished: (run: () => void) => void;
}

type TestFunction = (...args: unknown[]) => unknown;

/** What of Vitest is used; the entry for it imports these. */
export interface Vitest {
  beforeEach: (run: (context: TestContext) => void) => void;
  getFn: (test: Test) => TestFunction;
  setFn: (test: Test, run: TestFunction) => void;
}

/** Own functions by test: one that is tried again is wrapped once. */
const functions = new WeakMap<Test, TestFunction>();

export function watchTests({ beforeEach, getFn, setFn }: Vitest): void {
  loadAgent(false);
  beforeEach(({ task, onTestFailed, onTestFinished }) => {
    const run = functions.get(task) ?? getFn(task);
    functions.set(task, run);
    const resource = new TestResource(namesOf(task));
    setFn(task, (...args) => resource.runInAsyncScope(run, undefined, ...args));
    onTestFailed(async () => {
      const timedOut = (task.result?.errors ?? []).filter(({ message }) => TIMED_OUT.test(message));
      const text =
        timedOut.length === 0
          ? ''
          : await autopsy(resource.title, {
              sourceMapOf,
              isHook: timedOut.some(({ message }) => message.startsWith('Hook')),
            });
      resource.end();
      for (const error of timedOut) {
        const { message } = error;
        error.message += text;
        if (error.stack !== undefined) error.stack = error.stack.replace(message, () => error.message);
      }
    });
    // this comes before it is told that a test has failed
    onTestFinished(() => {
      if (task.result?.state !== 'fail') resource.end();
    });
  });
}

function namesOf(test: Test): string[] {
  const names = [test.name];
  for (let { suite } = test; suite !== undefined && suite.name !== ''; suite = suite.suite)
    names.unshift(suite.name);
  return names;
}

/** What Vitest has of a module that it has compiled. */
interface VitestWorker {
  evaluatedModules?: {
    fileToModulesMap?: Map<string, Set<{ id: string }>>;
    getModuleSourceMapById?(id: string): { map?: object } | null;
  };
}

/** Vitest compiles modules on the fly, and keeps their maps to itself. */
function sourceMapOf(url: string): string | undefined {
  const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: VitestWorker };
  const modules = worker?.evaluatedModules;
  const file = url.replace(/^file:\/\/(?:\/(?=\w:))?/, '');
  for (const { id } of modules?.fileToModulesMap?.get(file) ?? []) {
    const map = modules?.getModuleSourceMapById?.(id)?.map;
    if (map) return JSON.stringify(map);
  }
  return undefined;
}

const TIMED_OUT = /^(?:Test|Hook) timed out in /;
