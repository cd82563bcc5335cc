import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OTHER_RELEASES } from '../../scripts/nodeVersions.js';
import { forEachRelease } from '../support/nodeVersions.js';
import { canRun, goldenFile, goldenFiles, goldenTree, zooPrograms } from './zooPrograms.js';
import { snapshotOf, treeOf } from './zooTree.js';

/** What older versions of Node cannot run; all else runs on all of them. */
const NEEDS = {
  22: ['array-from-async.js', 'promise-with-resolvers.js', 'web-socket.js'],
  24: ['await-using.js', 'promise-try.js', 'web-locks.js'],
};

/** Each program of the zoo waits in one way; the tree it must give stands beside it. */
describe('The zoo of waiting programs', function () {
  this.timeout(240_000);

  it('says in a first sentence what each program shows', () => {
    for (const { file, sentence } of zooPrograms()) assert.match(sentence, /^\S.*\.$/, file);
  });

  it('runs on each version of Node all that this version can run', () => {
    const since = (major: number): string[] =>
      zooPrograms().flatMap((program) => (program.since === major ? [program.file] : []));
    const all = zooPrograms().map(({ file }) => file);
    assert.deepEqual(since(22), NEEDS[22]);
    assert.deepEqual(since(24), NEEDS[24]);
    const newer = new Set([...NEEDS[22], ...NEEDS[24]]);
    assert.deepEqual(
      since(0),
      all.filter((file) => !newer.has(file)),
    );
  });

  it('has no tree without a program that gives it', () => {
    const possible = zooPrograms().flatMap((program) => [
      goldenFile(program),
      ...[18, 20, 22, 26]
        .filter((major) => major >= program.since)
        .map((major) => goldenFile(program, major)),
      ...OTHER_RELEASES.map((version) => goldenFile(program, version)),
    ]);
    const names = new Set(possible.map((file) => path.basename(file)));
    assert.deepEqual(
      goldenFiles().filter((file) => !names.has(file)),
      [],
    );
  });

  it('is described as a whole in docs/AWAITS.md', () => {
    const text = readFileSync('docs/AWAITS.md', 'utf8');
    const named = new Set(
      [...text.matchAll(/\]\(\.\.\/test\/agent\/zoo\/([\w.-]+)\)/g)].map(([, file]) => file),
    );
    assert.deepEqual(
      [...named].sort(),
      zooPrograms()
        .map(({ file }) => file)
        .sort(),
    );
  });

  forEachRelease((node) => {
    for (const program of zooPrograms().filter((one) => canRun(node, one))) {
      it(`gives the tree of ${program.file}`, async () => {
        assert.equal(await treeOf(node, program.path), goldenTree(program, node));
      });
    }

    it('tells awaits on one line apart by their columns', async () => {
      const program = path.resolve('test/agent/zoo/several-awaits-on-one-line.js');
      const { tasks } = await snapshotOf(node, program);
      const lines = readFileSync(program, 'utf8').split('\n');
      const rests = tasks.flatMap(({ kind, awaitingAt: at }) =>
        kind === 'asyncFunction' && at ? [lines[at.line - 1]?.slice(at.column - 1)] : [],
      );
      assert.deepEqual(rests, [
        'sleep(1000), await sleep(2000)];',
        'sleep(1000)}`;',
        'sleep(1000))).length;',
      ]);
    });
  });
});
