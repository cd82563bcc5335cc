// Writes the trees that the zoo's programs give now as those that they must give: look at the difference before you
// commit it. The tree of Node 24 stands for all versions; one that differs gets a file of its own.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { treeOf } from '../test/agent/zooTree.js';
import { nodesUnderTest } from '../test/support/nodeVersions.js';

const FOLDER = path.resolve('test/agent/zoo');

async function update(program: string): Promise<void> {
  const name = path.join(FOLDER, program.replace(/\.m?js$/, ''));
  const nodes = nodesUnderTest();
  const main = nodes.find((node) => node.major === 24);
  if (main === undefined) throw new Error('Node 24 is missing: run "npm run install-nodes" first');
  const expected = await treeOf(main, path.join(FOLDER, program));
  writeFileSync(`${name}.txt`, expected);
  for (const node of nodes) {
    const tree = await treeOf(node, path.join(FOLDER, program));
    const own = `${name}.node${node.major}.txt`;
    if (tree === expected) rmSync(own, { force: true });
    else writeFileSync(own, tree);
  }
}

async function updateAll(): Promise<void> {
  for (const program of readdirSync(FOLDER)) if (/\.m?js$/.test(program)) await update(program);
}

void updateAll();
