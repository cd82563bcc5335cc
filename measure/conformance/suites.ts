import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { cachedFolder } from '../../scripts/cacheFolder.js';
import { npmInstall } from '../../scripts/npm.js';

const PROMISES_APLUS = 'promises-aplus-tests@2.1.2';

/** Where the promise and async parts of test262 are, by their folders. */
const PARTS_OF_TEST262 =
  /^test\/(?:built-ins\/(?:Promise|Async)|language\/(?:.*\/)?[^/]*(?:async|await)[^/]*\/)/;

/** Tests that one process runs one after the other, writing how each ended to a file. */
export interface Suite {
  name: string;
  /** What Node is given in front of the files of `arguments`. */
  program: string[];
  /** The tests by their paths, where the process is told which to run. */
  files?: readonly string[];
}

/** Promises/A+, fetched once into the cache. */
export async function promisesAplus(): Promise<Suite> {
  const folder = await cachedFolder(PROMISES_APLUS.replace('@', '-'), (partial) =>
    npmInstall(partial, [PROMISES_APLUS]),
  );
  return { name: 'Promises/A+', program: [join(__dirname, 'promisesAplus.cjs'), folder] };
}

/**
 * The promise and async parts of test262.
 * @param folder its checkout
 * @throws where it is none
 */
export function test262(folder: string): Suite {
  if (!existsSync(join(folder, 'harness', 'sta.js')))
    throw new Error(`${folder} holds no test262: give --test262 the folder of a checkout of tc39/test262`);
  const files = readdirSync(join(folder, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path.split(sep).join('/')}`)
    .filter(isPartOfTest262)
    .sort();
  const program = ['--experimental-vm-modules', '--no-warnings', join(__dirname, 'test262.cjs'), folder];
  return { name: 'test262', program, files };
}

/** Whether a file is one of the tests; what they load is called a fixture. */
export function isPartOfTest262(path: string): boolean {
  return PARTS_OF_TEST262.test(path) && path.endsWith('.js') && !path.includes('_FIXTURE');
}
