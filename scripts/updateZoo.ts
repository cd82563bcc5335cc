// Writes the trees that the zoo's programs give now as those that they must give: look at the difference before you
// commit it. The tree of Node 24 stands for all versions; one that differs gets a file of its own. On a busy machine a
// program may not have come to its point when it is looked at: then nothing is written.
//   npm run update-zoo                 all programs
//   npm run update-zoo -- lock mutex   these alone
import { rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { OTHER_RELEASES } from './nodeVersions.js';
import { canRun, goldenFile, goldenTree, type ZooProgram, zooPrograms } from '../test/agent/zooPrograms.js';
import { treeOf } from '../test/agent/zooTree.js';
import { type NodeUnderTest, nodesUnderTest } from '../test/support/nodeVersions.js';

/** A tree that is not the same twice in a row after so many is not written. */
const TRIES = 5;

async function update(program: ZooProgram): Promise<void> {
  const nodes = nodesUnderTest().filter((node) => canRun(node, program));
  const main = nodes.find(({ major }) => major === 24);
  if (main === undefined) throw new Error('Node 24 is missing: run "npm run install-nodes" first');
  const expected = await steadyTree(main, program);
  writeFileSync(goldenFile(program), expected);
  for (const node of nodes) {
    const tree = node === main ? expected : await steadyTree(node, program);
    const own = goldenFile(program, node.major);
    if (tree === expected) rmSync(own, { force: true });
    else writeFileSync(own, tree);
  }
  for (const node of nodesUnderTest(OTHER_RELEASES).filter((one) => canRun(one, program))) {
    const own = goldenFile(program, node.version);
    const tree = await steadyTree(node, program);
    rmSync(own, { force: true });
    if (tree !== goldenTree(program, node)) writeFileSync(own, tree);
  }
}

/** The tree that a program gives twice in a row, while nothing else keeps the machine busy. */
async function steadyTree(node: NodeUnderTest, program: ZooProgram): Promise<string> {
  refuseWhileBusy();
  let before: string | undefined;
  for (let left = TRIES; left > 0; left--) {
    const tree = await treeOf(node, program.path);
    if (tree === before) return tree;
    before = tree;
  }
  throw new Error(
    `${program.file} gives another tree each time on Node ${node.version}. Nothing was written of that: ` +
      'try again when nothing else runs, or make the program wait for what it shows.',
  );
}

/** Windows tells no load; there the trees alone decide. */
function refuseWhileBusy(): void {
  const [load = 0] = loadavg();
  const processors = cpus().length;
  if (load <= processors + 1) return;
  throw new Error(
    `The machine is busy: ${load.toFixed(1)} programs want to run on ${processors} processors. ` +
      'Trees that are taken now may be wrong; try again when nothing else runs.',
  );
}

async function updateAll(names: readonly string[]): Promise<void> {
  const all = zooPrograms();
  const nameOf = (program: ZooProgram): string => program.file.replace(/\.m?js$/, '');
  const unknown = names.filter((name) => !all.some((program) => nameOf(program) === name));
  if (unknown.length > 0) throw new Error(`There is no program ${unknown.join(', ')} in test/agent/zoo`);
  for (const program of all) if (names.length === 0 || names.includes(nameOf(program))) await update(program);
}

updateAll(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
