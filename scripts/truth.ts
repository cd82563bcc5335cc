// npm run truth                                       each program 20 times on each Node version, idle and on a busy machine
// npm run truth -- --runs 3 --node 24 --only stuck    fewer of them
// npm run truth -- --busy | --idle                    one of the two
// npm run truth -- --jobs 4                           so many programs at once (2)
import { spawn, type ChildProcess } from 'node:child_process';
import { parseArgs } from 'node:util';
import { describeVerdict, isTrue, judgeRun, judgeTree, type Verdict } from '../test/truth/judge.js';
import { observeRun, observeTree } from '../test/truth/observe.js';
import type { TruthCase } from '../test/truth/truthCase.js';
import { TRUTHS } from '../test/truth/truths.js';
import { installNode, NODE_VERSIONS } from './nodeVersions.js';
import { build } from './programs.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    node: { type: 'string' },
    only: { type: 'string', default: '' },
    busy: { type: 'boolean', default: false },
    idle: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
  },
});

/** Processes that use all processor time, on a machine of two cores. */
const HOGS = 2;

interface Count {
  runs: number;
  untrue: number;
  lost: number;
}

async function main(): Promise<void> {
  await build();
  const loads = values.busy === values.idle ? ['idle', 'busy'] : values.busy ? ['busy'] : ['idle'];
  const versions = NODE_VERSIONS.filter(
    (version) => (values.node ?? version).split('.')[0] === version.split('.')[0],
  );
  const rows: string[] = [];
  let isAllTrue = true;
  for (const load of loads) {
    const hogs = load === 'busy' ? startHogs() : [];
    try {
      for (const version of versions) {
        const count = await all(version, load);
        isAllTrue &&= count.untrue + count.lost === 0;
        rows.push(`| ${version} | ${load} | ${count.runs} | ${count.untrue} | ${count.lost} |`);
      }
    } finally {
      for (const hog of hogs) hog.kill('SIGKILL');
    }
  }
  const head = [
    '| Node | machine | runs | with a false line | with something owed that was not told |',
    '|---|---|---|---|---|',
  ];
  process.stdout.write(`\n${[...head, ...rows].join('\n')}\n`);
  process.exitCode = isAllTrue ? 0 : 1;
}

async function all(version: string, load: string): Promise<Count> {
  const node = await installNode(version);
  const major = Number.parseInt(version, 10);
  const count: Count = { runs: 0, untrue: 0, lost: 0 };
  const left = Object.entries(TRUTHS)
    .flatMap(([kind, truths]) => (kind.includes(values.only) ? truths : truths.filter(isNamed)))
    .filter((truth) => major >= (truth.since ?? 0))
    .flatMap((truth) => Array.from({ length: Number(values.runs) }, () => truth));
  const work = async (): Promise<void> => {
    for (let truth = left.pop(); truth; truth = left.pop()) {
      for (const verdict of await verdicts(node, truth)) {
        count.runs++;
        if (verdict.untrue.length > 0) count.untrue++;
        else if (verdict.missing.length > 0) count.lost++;
        if (!isTrue(verdict))
          process.stdout.write(`Node ${major}, ${load}, ${truth.file}:\n${describeVerdict(verdict)}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  return count;
}

function isNamed({ file }: TruthCase): boolean {
  return file.includes(values.only);
}

async function verdicts(node: string, truth: TruthCase): Promise<Verdict[]> {
  try {
    return [
      ...(truth.told ? [judgeRun(truth, await observeRun(node, truth))] : []),
      ...(truth.tree ? [judgeTree(truth, await observeTree(node, truth))] : []),
    ];
  } catch (error) {
    return [{ untrue: [], missing: [String(error)] }];
  }
}

function startHogs(): ChildProcess[] {
  return Array.from({ length: HOGS }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
