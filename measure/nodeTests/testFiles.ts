import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers } from '../../test/support/randomNumbers.js';

/** What Node's own tests are about that a debugger of promises and async resources could disturb. */
export const SUBJECTS = [
  'promise',
  'async',
  'timers',
  'worker',
  'process',
  'unhandled',
  'domain',
  'http',
  'net',
  'stream',
  'fs',
  'child-process',
  'vm',
  'diagnostics',
  'als',
  'perf_hooks',
  'inspector',
];

/** One of Node's own tests, and how it asks to be run. */
export interface TestFile {
  name: string;
  path: string;
  flags: readonly string[];
  env: Readonly<Record<string, string>>;
}

/**
 * The tests of these subjects, in the order of their names.
 * @param folder that holds Node's folder `test`
 * @throws where there is none
 */
export function testFiles(folder: string, subjects: readonly string[]): TestFile[] {
  const parallel = join(folder, 'test', 'parallel');
  const chosen = new RegExp(`^test-(?:${subjects.join('|')}).*\\.m?js$`);
  return readdirSync(parallel)
    .filter((name) => chosen.test(name))
    .sort()
    .map((name) => {
      const path = join(parallel, name);
      return { name, path, ...requestedBy(readFileSync(path, 'utf8')) };
    });
}

/** So many of the tests, in their order: the same for the same seed. */
export function sampleOf(tests: readonly TestFile[], size: number, seed: number): TestFile[] {
  const random = randomNumbers(seed);
  const left = [...tests];
  while (left.length > size) left.splice(random(left.length), 1);
  return left;
}

/** The flags and the environment that a test asks for in its comments, as Node's own runner reads them. */
export function requestedBy(text: string): Pick<TestFile, 'flags' | 'env'> {
  const env = words(/\/\/\s+Env:(.*)/.exec(text)).map((word): [string, string] => {
    const [name = '', ...value] = word.split('=');
    return [name, value.join('=')];
  });
  return { flags: words(/\/\/\s+Flags:(.*)/.exec(text)), env: Object.fromEntries(env) };
}

function words(found: RegExpExecArray | null): string[] {
  return (found?.[1] ?? '').split(/\s+/).filter((word) => word !== '');
}
