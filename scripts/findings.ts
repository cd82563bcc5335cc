// npm run findings                                    each program on each Node version
// npm run findings -- --node 24 --only deadlock       fewer of them
// npm run findings -- --jobs 2                        so many programs at once (1)
import { parseArgs } from 'node:util';
import { type FindingProgram, findingPrograms, found } from '../test/findings/findingPrograms.js';
import { installNode, NODE_VERSIONS } from './nodeVersions.js';
import { build } from './programs.js';

const { values } = parseArgs({
  options: {
    node: { type: 'string' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '1' },
    built: { type: 'boolean', default: false },
  },
});

/** What came of the programs of one kind. */
interface Count {
  programs: Set<string>;
  silent: Set<string>;
  runs: number;
  /** Findings that there were to find, and those that were found. */
  true: number;
  found: number;
  false: number;
}

async function main(): Promise<void> {
  if (!values.built) await build();
  const versions = NODE_VERSIONS.filter(
    (version) => (values.node ?? version).split('.')[0] === version.split('.')[0],
  );
  const counts = new Map<string, Count>();
  for (const version of versions) {
    const node = await installNode(version);
    const left = findingPrograms(Number.parseInt(version, 10)).filter(({ name }) =>
      name.includes(values.only),
    );
    const work = async (): Promise<void> => {
      for (let program = left.pop(); program; program = left.pop())
        await look(node, version, program, counts);
    };
    await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  }
  process.stdout.write(table(counts, versions));
  const all = [...counts.values()];
  process.exitCode = all.some((count) => count.false > 0 || count.found < count.true) ? 1 : 0;
}

async function look(
  node: string,
  version: string,
  program: FindingProgram,
  counts: Map<string, Count>,
): Promise<void> {
  const count = counts.get(program.kind) ?? {
    programs: new Set(),
    silent: new Set(),
    runs: 0,
    true: 0,
    found: 0,
    false: 0,
  };
  counts.set(program.kind, count);
  const seen = await found(node, program).catch((error: unknown) => [String(error)]);
  const missing = program.truth.filter((one) => !seen.includes(one));
  const wrong = seen.filter((one) => !program.truth.includes(one));
  count.programs.add(program.name);
  if (program.truth.length === 0) count.silent.add(program.name);
  count.runs++;
  count.true += program.truth.length;
  count.found += program.truth.length - missing.length;
  count.false += wrong.length;
  if (missing.length + wrong.length === 0) return;
  process.stdout.write(
    `Node ${version}, ${program.name}: missing [${missing.join('; ')}], false [${wrong.join('; ')}]\n`,
  );
}

function table(counts: ReadonlyMap<string, Count>, versions: readonly string[]): string {
  const rows = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, count]) => [
      `\`${kind}\``,
      String(count.programs.size),
      String(count.silent.size),
      String(count.runs),
      `${count.found} of ${count.true}`,
      String(count.false),
    ]);
  const head = ['Kind', 'Programs', 'of which silent', 'Runs', 'Found', 'False'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `\nNode ${versions.join(', ')}\n\n${lines.join('\n')}\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
