// Writes the trees that the zoo's programs give now as those that they must give: look at the difference before you
// commit it. The tree of Node 24 stands for all versions; one that differs gets a file of its own.
//   npm run update-zoo                 all programs
//   npm run update-zoo -- lock mutex   these alone
import { rmSync, writeFileSync } from 'node:fs';
import { OTHER_RELEASES } from './nodeVersions.js';
import { goldenFile, goldenTree, type ZooProgram, zooPrograms } from '../test/agent/zooPrograms.js';
import { treeOf } from '../test/agent/zooTree.js';
import { nodesUnderTest } from '../test/support/nodeVersions.js';

async function update(program: ZooProgram): Promise<void> {
  const nodes = nodesUnderTest().filter(({ major }) => major >= program.since);
  const main = nodes.find(({ major }) => major === 24);
  if (main === undefined) throw new Error('Node 24 is missing: run "npm run install-nodes" first');
  const expected = await treeOf(main, program.path);
  writeFileSync(goldenFile(program), expected);
  for (const node of nodes) {
    const tree = node === main ? expected : await treeOf(node, program.path);
    const own = goldenFile(program, node.major);
    if (tree === expected) rmSync(own, { force: true });
    else writeFileSync(own, tree);
  }
  for (const node of nodesUnderTest(OTHER_RELEASES).filter(({ major }) => major >= program.since)) {
    const own = goldenFile(program, node.version);
    rmSync(own, { force: true });
    const tree = await treeOf(node, program.path);
    if (tree !== goldenTree(program, node)) writeFileSync(own, tree);
  }
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
