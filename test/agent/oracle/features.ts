import { execFileSync } from 'node:child_process';

/** What a program may use. */
export interface Features extends Syntax {
  /** AsyncLocalStorage; until a program does, versions of Node before 24 run without hooks of their own for promises. */
  storage: boolean;
}

/** What a version of Node can run. */
interface Syntax {
  withResolvers: boolean;
  promiseTry: boolean;
  awaitUsing: boolean;
}

const PROBE = `
const parses = (text) => { try { new (require('vm').Script)(text); return true; } catch { return false; } };
console.log(JSON.stringify({
  withResolvers: typeof Promise.withResolvers === 'function',
  promiseTry: typeof Promise.try === 'function',
  awaitUsing: parses('async () => { await using x = null; }') && typeof Symbol.asyncDispose === 'symbol',
}));
`;

const known = new Map<string, Syntax>();

/** Asks the binary itself. */
export function syntaxOf(node: string): Syntax {
  let features = known.get(node);
  if (features === undefined) {
    features = JSON.parse(execFileSync(node, ['-e', PROBE], { encoding: 'utf8' })) as Syntax;
    known.set(node, features);
  }
  return features;
}
