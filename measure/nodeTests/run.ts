// Runs Node's own tests with us and tells which of them fail only then.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NODE_VERSIONS, installNode } from '../../scripts/nodeVersions.js';
import { runTest } from './runTest.js';
import { SUBJECTS, type TestFile, sampleOf, testFiles } from './testFiles.js';
import { type Verdict, tried } from './tries.js';

const USAGE = `npm run node-tests -- --node 24.12.0 --from FOLDER [options]

Runs Node's own tests with the agent or with a host, and those that fail then without us, three times each.
They are not part of this project. FOLDER is what holds their folder "test", of the same version: a checkout of
nodejs/node at the tag v24.12.0, or of denoland/node_test, which has the folder "test" of some versions alone.

  --node 24.12.0     version of Node; 24 is the newest of 24 that is tested on
  --from FOLDER      folder that holds "test/parallel"
  --ways agent,cli   with the agent alone, and under "asyncdebug run", which asks it all the time (both)
  --subjects LIST    how the tests' names begin: ${SUBJECTS.join(',')}
  --sample N         only so many of them, at random
  --seed N           another random choice
  --seconds 60       time limit of a test; under "asyncdebug run" twice as much
  --at-once 2        tests that run at a time
  --verbose          what the tests that differ say at their end
`;

interface Result {
  test: TestFile;
  verdict: Verdict;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'string' },
      from: { type: 'string' },
      ways: { type: 'string' },
      subjects: { type: 'string', default: SUBJECTS.join(',') },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '60' },
      'at-once': { type: 'string', default: String(Math.min(2, availableParallelism())) },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.node === undefined || values.from === undefined) {
    process.stdout.write(USAGE);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const { WAYS, startOf } = await import('../compat/ways.mjs');
  const ways = WAYS.filter((way) => values.ways?.split(',').includes(way) ?? true);
  const version = versionOf(values.node);
  const binary = await installNode(version);
  const folder = resolve(values.from);
  const all = testFiles(folder, values.subjects.split(','));
  const tests = sampleOf(all, Number(values.sample ?? all.length), Number(values.seed));
  const limitMs = Number(values.seconds) * 1_000;

  const rows: string[] = [];
  for (const way of ways) {
    const results = await each(tests, Number(values['at-once']), async (test) => {
      const args = [...test.flags, test.path];
      const start = (how: typeof way | 'plain') => () =>
        runTest(test, startOf(how, binary, args, {}), folder, how === 'cli' ? 2 * limitMs : limitMs);
      const verdict = await tried(start(way), start('plain'));
      if (verdict.is === 'differs') process.stdout.write(told(test, way, verdict, values.verbose));
      return { test, verdict };
    });
    rows.push(row([version, way, ...counts(results)]));
    if (results.some(({ verdict }) => verdict.is === 'differs')) process.exitCode = 1;
  }
  const head = row(['Node', 'way', 'tests', 'pass', 'fail plainly', 'differ']);
  process.stdout.write([head, ...rows, ''].join('\n'));
}

function versionOf(wanted: string): string {
  if (wanted.includes('.')) return wanted;
  const version = NODE_VERSIONS.find((each) => each.startsWith(`${wanted}.`));
  if (version === undefined)
    throw new Error(
      `Node ${wanted} is not tested on: say the whole version, or one of ${NODE_VERSIONS.join(', ')}`,
    );
  return version;
}

/** Works on some at a time, and keeps the order. */
async function each(
  tests: readonly TestFile[],
  atOnce: number,
  work: (test: TestFile) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < tests.length; index = next++) {
      results[index] = await work(tests[index] as TestFile);
      if (process.stderr.isTTY) process.stderr.write(`\r${next} of ${tests.length}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function counts(results: readonly Result[]): string[] {
  const count = (is: Verdict['is']): string =>
    String(results.filter(({ verdict }) => verdict.is === is).length);
  return [String(results.length), count('passes'), count('fails'), count('differs')];
}

function told(test: TestFile, way: string, { said }: Verdict, verbose: boolean): string {
  const name = `differs (${way}): ${test.name}\n`;
  return verbose ? `${name}${said.trimEnd().replace(/^/gm, '    ')}\n` : name;
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index < 2 ? cell.padEnd(9) : cell.padStart(12))).join(' ');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
