import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { forEachNode } from '../support/nodeVersions.js';
import { treeOf } from './zooTree.js';

const FOLDER = path.resolve('test/agent/zoo');
const PROGRAMS = readdirSync(FOLDER).filter((file) => /\.m?js$/.test(file));

/** Each program of the zoo waits in one way; the tree it must give stands beside it. */
describe('The zoo of waiting programs', function () {
  this.timeout(60_000);

  forEachNode((node) => {
    for (const program of PROGRAMS) {
      it(`gives the tree of ${program}`, async () => {
        const golden = goldenOf(program, node.major);
        const tree = await treeOf(node, path.join(FOLDER, program));
        assert.equal(tree, readFileSync(golden, 'utf8'));
      });
    }
  });
});

/** `name.txt` for all versions of Node, `name.node18.txt` where one version differs. */
function goldenOf(program: string, major: number): string {
  const name = path.join(FOLDER, program.replace(/\.m?js$/, ''));
  const own = `${name}.node${major}.txt`;
  return existsSync(own) ? own : `${name}.txt`;
}
