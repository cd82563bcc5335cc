import type { WireFrame } from '../../protocol/wire.js';
import { callOf, isSynchronous } from './callNames.js';
import { isOwn, packageOf } from '../codeOrigin.js';

/** Code that is being loaded while a stack is taken. */
export interface CodeLoading {
  /** `modules`: of the program and its packages. `node`: a part of Node itself, at its first use. */
  of: 'modules' | 'node';
  /** The nearest line of the program that asked for it; absent where the loader itself goes through the modules. */
  frame?: WireFrame;
  /** The outermost package of those that are loaded by that line. */
  package?: string;
}

/**
 * What is being loaded above the nearest line of the program, if anything is. `loadsNode`: Node has loaded a part of
 * itself since the last look, so that what it runs now may belong to that. `starts`: so does all that stands below no
 * line of the program.
 */
export function codeLoading(
  stack: readonly WireFrame[],
  loadsNode: boolean,
  starts: boolean,
): CodeLoading | undefined {
  const own = stack.findIndex(({ url }) => isOwn(url));
  const above = own < 0 ? stack : stack.slice(0, own);
  const isOfNode = above.some(({ url }) => NODES_PARTS.test(url)) || (loadsNode && isNodesOwn(above));
  const isLoading = above.some(isLoader) || (starts && own < 0);
  if (!isOfNode && !isLoading) return undefined;
  const frame = stack[own];
  const packages = above.map(({ url }) => packageOf(url)).filter((one) => one !== undefined);
  // all that is loaded in a test comes by way of Jest
  const name = packages.findLast((one) => !JESTS_OWN.test(one)) ?? (frame ? undefined : packages.at(-1));
  return {
    of: isOfNode ? 'node' : 'modules',
    ...(frame && { frame }),
    ...(name !== undefined && { package: name }),
  };
}

/** The program's main script runs, or the loader evaluates a module that no function of the program has asked for. */
export function isRootedInLoader(stack: readonly WireFrame[]): boolean {
  return (
    LOADER.test(stack.at(-1)?.url ?? '') || stack.some(({ url }) => url.startsWith('node:internal/main/'))
  );
}

/** A frame of Node's loader, or of Jest's, which evaluates modules by itself: what is above it is being loaded. */
export function isLoader({ url }: WireFrame): boolean {
  return LOADER.test(url) || packageOf(url) === 'jest-runtime';
}

/** A test runner loads files of tests, or runs a test. */
export function isTestRun(stack: readonly WireFrame[]): boolean {
  return stack.some(({ url }) => TEST_RUNNERS.test(packageOf(url) ?? url));
}

/** Only Node runs, and nothing that is known to take long by itself. */
function isNodesOwn(above: readonly WireFrame[]): boolean {
  const call = above.at(-1);
  if (!call || !above.every(({ url }) => url.startsWith('node:'))) return false;
  return !isSynchronous(callOf(call)?.name ?? '');
}

const JESTS_OWN = /^(?:@jest\/|jest-)/;
const TEST_RUNNERS = new RegExp(
  `${JESTS_OWN.source}|^(?:mocha|vitest|vite-node|@vitest/.+|node:internal/test_runner/.+)$`,
);
const LOADER = /^node:internal\/modules\//;
/** What compiles Node's own modules. */
const NODES_PARTS = /^node:internal\/bootstrap\/(?:realm|loaders)$/;
