import { execFileSync } from 'node:child_process';

/** What a version of Node can run; a program uses nothing else. */
export interface Features {
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

const known = new Map<string, Features>();

/** Asks the binary itself. */
export function featuresOf(node: string): Features {
  let features = known.get(node);
  if (features === undefined) {
    features = JSON.parse(execFileSync(node, ['-e', PROBE], { encoding: 'utf8' })) as Features;
    known.set(node, features);
  }
  return features;
}
