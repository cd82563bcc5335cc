// Runs what the language promises of promises and async functions without us, with the agent, and with a host.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NODE_VERSIONS, installNode } from '../../scripts/nodeVersions.js';
import { type Endings, differences, endingsOf, passed } from './endings.js';
import { promisesAplus, test262 } from './suites.js';

const USAGE = `npm run conformance -- [options]

Runs the tests of Promises/A+, and the promise and async parts of test262 if it is there, on each version of Node:
without us, with the agent, and under "asyncdebug run", which asks it all the time.

  --node 22,24       versions of Node; all of them by default
  --test262 FOLDER   a checkout of tc39/test262, which is not part of this project
`;

/** Names of tests that are shown for each difference. */
const SHOWN = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'string' },
      test262: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const majors = values.node?.split(',');
  const versions = NODE_VERSIONS.filter((version) => majors?.includes(version.split('.')[0] ?? '') ?? true);
  if (versions.length === 0)
    throw new Error(`There is no such Node here: choose from ${NODE_VERSIONS.join(', ')}`);
  const suites = [await promisesAplus()];
  if (values.test262 !== undefined) suites.push(test262(resolve(values.test262)));
  const { WAYS, startOf } = await import('../compat/ways.mjs');

  process.stdout.write(row(['Node', 'suite', 'without us', ...WAYS]));
  for (const version of versions) {
    const binary = await installNode(version);
    for (const suite of suites) {
      const endings = (way: Parameters<typeof startOf>[0]): Promise<Endings> =>
        endingsOf(suite, (args) => startOf(way, binary, args, {}));
      const plain = await endings('plain');
      const cells = [version, suite.name, passed(plain)];
      const different: string[] = [];
      for (const way of WAYS) {
        const withUs = await endings(way);
        cells.push(passed(withUs));
        for (const name of differences(plain, withUs))
          different.push(`  ${way}: ${name}: ${withUs.get(name)}, and ${plain.get(name)} without us\n`);
      }
      process.stdout.write(row(cells));
      process.stdout.write(different.slice(0, SHOWN).join(''));
      if (different.length > 0) process.exitCode = 1;
    }
  }
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell, index) => (index < 2 ? cell.padEnd(12) : cell.padStart(14))).join(' ')}\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
