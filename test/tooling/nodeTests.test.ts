import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestFile, requestedBy, sampleOf, testFiles } from '../../measure/nodeTests/testFiles.js';
import { runTest } from '../../measure/nodeTests/runTest.js';
import { type Run, tried } from '../../measure/nodeTests/tries.js';

describe('What one of Node’s tests asks for', () => {
  it('is its flags and its environment', () => {
    const text = `// Copyright\n'use strict';\n// Flags: --expose-gc  --no-warnings\r\n// Env: A=1 B=x=y\n`;
    assert.deepEqual(requestedBy(text), {
      flags: ['--expose-gc', '--no-warnings'],
      env: { A: '1', B: 'x=y' },
    });
  });

  it('is nothing where it does not say', () => {
    assert.deepEqual(requestedBy(`// Flags are not used here\nrequire('../common');`), {
      flags: [],
      env: {},
    });
  });
});

describe('Node’s tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'node-tests-'));
  const parallel = join(folder, 'test', 'parallel');
  const text =
    '// Flags: --expose-gc\nif (!gc || process.env.NODE_TEST_DIR === undefined) process.exit(1);\n';

  before(() => {
    mkdirSync(parallel, { recursive: true });
    for (const name of ['test-promise-b.js', 'test-async-a.mjs', 'test-tls.js', 'promise.js', 'test-fs.json'])
      writeFileSync(join(parallel, name), text);
    writeFileSync(join(parallel, 'test-vm-hangs.js'), 'setInterval(() => {}, 1000);');
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const found = (name: string): TestFile => {
    const file = testFiles(folder, ['promise', 'async', 'fs', 'vm']).find((each) => each.name === name);
    assert.ok(file);
    return file;
  };
  const run = (test: TestFile, flags: readonly string[], limitMs: number): Promise<Run> =>
    runTest(
      test,
      { command: process.execPath, args: [...flags, test.path], env: process.env },
      folder,
      limitMs,
    );

  it('are found by their subjects', () => {
    const names = testFiles(folder, ['promise', 'async', 'fs']).map(({ name }) => name);
    assert.deepEqual(names, ['test-async-a.mjs', 'test-promise-b.js']);
  });

  it('pass with their flags and fail without', async () => {
    const test = found('test-promise-b.js');
    assert.equal((await run(test, test.flags, 60_000)).passed, true);
    assert.equal((await run(test, [], 60_000)).passed, false);
  });

  it('fail where they do not end', async () => {
    const { passed, said } = await run(found('test-vm-hangs.js'), [], 500);
    assert.equal(passed, false);
    assert.match(said, /did not end in 0\.5 s/);
  });
});

describe('A sample of tests', () => {
  const tests = Array.from({ length: 50 }, (_, n) => ({ name: `${n}`, path: '', flags: [], env: {} }));

  it('is the same for the same seed, without any twice', () => {
    const names = sampleOf(tests, 10, 7).map(({ name }) => name);
    assert.equal(new Set(names).size, 10);
    assert.deepEqual(
      sampleOf(tests, 10, 7).map(({ name }) => name),
      names,
    );
    assert.notDeepEqual(
      sampleOf(tests, 10, 8).map(({ name }) => name),
      names,
    );
  });

  it('is all of them where there are not so many', () => {
    assert.deepEqual(sampleOf(tests, 60, 1), tests);
  });
});

describe('A test that is tried', () => {
  const runs = (...passed: boolean[]): { next: () => Promise<Run>; left: () => number } => {
    let count = 0;
    return {
      next: () => Promise.resolve({ passed: passed[count++] ?? assert.fail('run too often'), said: 'why' }),
      left: () => passed.length - count,
    };
  };

  it('is run once where it passes with us', async () => {
    assert.deepEqual(await tried(runs(true).next, runs().next), { is: 'passes', said: '' });
  });

  it('passes where it fails now and then', async () => {
    assert.equal((await tried(runs(false, false, true).next, runs(true, false).next)).is, 'passes');
  });

  it('differs where it always fails with us, and not without', async () => {
    const plain = runs(false, true, false);
    assert.deepEqual(await tried(runs(false, false, false).next, plain.next), { is: 'differs', said: 'why' });
    assert.equal(plain.left(), 0);
  });

  it('fails where it does so without us, too', async () => {
    assert.equal((await tried(runs(false, false, false).next, runs(false, false, false).next)).is, 'fails');
  });
});
