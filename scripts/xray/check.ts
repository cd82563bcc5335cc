// Looks into the programs of the zoo without an agent, and holds what is read against the trees that they must give live.
//   npm run xray-check                        all versions of Node
//   npm run xray-check -- --node 18,24 mutex  some of them, some programs
import { parseArgs } from 'node:util';
import { goldenTree, zooPrograms } from '../../test/agent/zooPrograms.js';
import { type NodeUnderTest, nodesUnderTest } from '../../test/support/nodeVersions.js';
import { compareTrees, readTree } from './compareTrees.js';
import { xrayProgram, zooTree } from './zooXray.js';

interface Total {
  programs: number;
  right: number;
  unnamed: number;
  missing: number;
  wrong: number;
  more: number;
  failed: number;
}

async function check(node: NodeUnderTest, names: readonly string[], details: boolean): Promise<Total> {
  const total: Total = { programs: 0, right: 0, unnamed: 0, missing: 0, wrong: 0, more: 0, failed: 0 };
  for (const program of zooPrograms(node.major)) {
    if (names.length > 0 && !names.some((name) => program.file.startsWith(name))) continue;
    total.programs++;
    try {
      const text = await xrayProgram(node, program.path, ({ process }) =>
        zooTree(node, program.path, process),
      );
      const found = compareTrees(readTree(goldenTree(program, node)), readTree(text));
      total.right += found.right;
      total.unnamed += found.unnamed;
      for (const kind of ['missing', 'wrong', 'more'] as const) {
        total[kind] += found[kind].length;
        if (kind !== 'wrong' && !details) continue;
        for (const one of found[kind]) say(`  ${program.file}: ${kind}: ${one}`);
      }
    } catch (error) {
      total.failed++;
      say(`  ${program.file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  return total;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { node: { type: 'string' }, details: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const majors = values.node?.split(',').map(Number);
  let wrong = 0;
  for (const node of nodesUnderTest()) {
    if (majors && !majors.includes(node.major)) continue;
    const total = await check(node, positionals, values.details);
    say(`Node ${node.major}: ${JSON.stringify(total)}`);
    wrong += total.wrong;
  }
  if (wrong > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
