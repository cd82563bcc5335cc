import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePackage } from '../../scripts/packagePackage.js';
import { type NodeUnderTest, nodesUnderTest } from '../support/nodeVersions.js';
import { run } from '../support/runProgram.js';

/** A tree of two tasks, the lines of which are told. */
const TASKS = `async function sendMail() { await new Promise(() => {}); }
async function placeOrder() { await sendMail(); }
`;

describe('The npm package, installed into an empty folder', function () {
  this.timeout(120_000);
  let folder: string;
  const node24 = nodesUnderTest().filter(({ major }) => major === 24)[0] as NodeUnderTest;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'npm-package-'));
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const args = ['install', '--offline', '--no-audit', '--no-fund', packagePackage()];
    const installed = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, folder);
    assert.equal(installed.code, 0, installed.stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    writeFileSync(join(folder, name), text);
  }

  it('has the command line tool', async () => {
    const cli = join(folder, 'node_modules/node-async-debugger/dist/cli.js');
    write('app.js', `${TASKS}placeOrder();`);
    const { stderr, code } = await run(process.execPath, [cli, 'run', 'app.js'], folder);
    assert.equal(code, 0);
    assert.match(stderr, /placeOrder .*\n.*sendMail .*app\.js:1/);
  });

  for (const { major, path } of nodesUnderTest().filter(({ major }) => major === 18 || major === 24)) {
    it(`tells a program of its own tasks, by import and by require, on Node ${major}`, async () => {
      write(
        'app.mjs',
        `import { snapshot, why } from 'node-async-debugger';\n${TASKS}placeOrder();
const { processes: [own] } = await snapshot();
console.log(own.pid === process.pid, own.tasks.some(({ name, awaitingAt }) => name === 'sendMail' && awaitingAt?.line === 2));
console.log(await why());`,
      );
      const { stdout, stderr, code } = await run(
        path,
        ['--require', 'node-async-debugger/register', 'app.mjs'],
        folder,
      );
      assert.equal(stderr, '');
      assert.equal(code, 0);
      assert.match(stdout, /^true true\n/);
    });
  }

  it('says in the output of node:test what a test waits for', async () => {
    write(
      'hang.test.mjs',
      `import { describe, it } from 'node:test';\n${TASKS}describe('orders', () => {
    it('adds', () => {});
    it('hangs', { timeout: 500 }, async () => { const timer = setTimeout(() => {}, 5000); await placeOrder(); });
  });`,
    );
    const args = ['--require', 'node-async-debugger/node-test', '--test', 'hang.test.mjs'];
    const { stdout, code } = await run(node24.path, args, folder);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /"orders › hangs" waited for:\n.*⟶ placeOrder .*hang\.test\.mjs:6\n.*placeOrder .*:3\n.*sendMail .*:2\n/,
    );
  });

  it('lets a test of Mocha fail with what it waited for, and adds nothing to what passes', async () => {
    const mocha = createRequire(__filename).resolve('mocha/bin/mocha.js');
    write('pass.js', `it('adds', async () => { await new Promise((resolve) => setTimeout(resolve, 10)); });`);
    write(
      'hang.js',
      `${TASKS}describe('orders', () => {
  it('adds', () => {});
  it('hangs', async () => { await placeOrder(); });
  it('never calls done', (done) => {});
});`,
    );
    const args = [
      '--no-config',
      '--timeout',
      '500',
      '--require',
      './node_modules/node-async-debugger/dist/package/mocha.js',
    ];
    const hanging = await run(process.execPath, [mocha, ...args, 'hang.js'], folder);
    assert.equal(hanging.code, 2);
    assert.match(
      hanging.stdout,
      /"orders › hangs" waited for:\n.*⟶ placeOrder .*hang\.js:5\n.*placeOrder .*:2\n.*sendMail .*:1\n/,
    );
    assert.equal(hanging.stdout.match(/waited for:/g)?.length, 1, hanging.stdout);
    assert.match(hanging.stdout, /"orders › never calls done" has begun no async work that is pending/);
    const passing = await run(process.execPath, [mocha, ...args, 'pass.js'], folder);
    assert.deepEqual([passing.code, passing.stderr], [0, '']);
    assert.match(passing.stdout, /^\n\n {2}✔ adds[^\n]*\n+ {2}1 passing \(\d+ms\)\n\n$/);
  });
});
