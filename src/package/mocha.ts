/** `mocha --require node-async-debugger/mocha`: a test that exceeds its time limit fails with what it waited for. */
import { autopsy } from './autopsy.js';
import { loadAgent } from './agentOfThread.js';
import { TestResource } from './testResource.js';

interface Test {
  titlePath(): string[];
  run: (done: (error?: TestError) => void) => void;
}

interface TestError extends Error {
  code?: string;
}

loadAgent(false);

/** Mocha may give the hooks twice. */
const watched = new WeakSet<Test>();

/** Root hooks of Mocha. */
export const mochaHooks = {
  beforeEach(this: { currentTest?: Test }): void {
    const test = this.currentTest;
    if (!test || watched.has(test)) return;
    watched.add(test);
    const resource = new TestResource(test.titlePath());
    const { run } = test;
    test.run = (done) => {
      test.run = run;
      resource.runInAsyncScope(run, test, (error?: TestError) => {
        const end = (): void => {
          resource.end();
          watched.delete(test);
          done(error);
        };
        if (error?.code === 'ERR_MOCHA_TIMEOUT') void addAutopsy(error, resource.title).then(end);
        else end();
      });
    };
  },
};

async function addAutopsy(error: TestError, title: string): Promise<void> {
  const { message, stack } = error;
  error.message += await autopsy(title);
  error.stack = stack?.replace(message, () => error.message) ?? error.message;
}
