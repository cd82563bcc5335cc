import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/run.js';
import type { Suite } from './suites.js';

/** How each test of a suite ended, by its name: `passed`, or what it failed with. */
export type Endings = Map<string, string>;

interface Start {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Runs a suite. Where a test ends the process, as some do by a fault of the engine, the rest runs in another one.
 * @param start how Node is started with these arguments, in one of the ways
 */
export async function endingsOf(
  { program, files }: Suite,
  start: (args: string[]) => Start,
): Promise<Endings> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const endings: Endings = new Map();
    let left = files;
    do {
      const written = join(folder, `endings-${endings.size}`);
      const list = join(folder, 'list');
      if (left !== undefined) writeFileSync(list, left.join('\n'));
      const { command, args, env } = start([...program, ...(left === undefined ? [] : [list]), written]);
      const { output } = await run(command, args, { env });
      const known = existsSync(written) ? linesOf(readFileSync(written, 'utf8')) : [];
      for (const [name, ending] of known) endings.set(name, ending);
      left = left?.slice(known.length);
      if (left === undefined && known.length === 0) throw new Error(`the tests did not run:\n${output}`);
      const died = left?.[0];
      if (died === undefined) break;
      endings.set(died, 'ended the process');
      left = left?.slice(1);
    } while (left !== undefined && left.length > 0);
    return endings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The names of the tests that ended otherwise than without us. */
export function differences(plain: Endings, withUs: Endings): string[] {
  const names = new Set([...plain.keys(), ...withUs.keys()]);
  return [...names].filter((name) => plain.get(name) !== withUs.get(name));
}

/** How many of the tests passed: `872 of 872`. */
export function passed(endings: Endings): string {
  return `${[...endings.values()].filter((ending) => ending === 'passed').length} of ${endings.size}`;
}

function linesOf(text: string): [string, string][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as [string, string]);
}
