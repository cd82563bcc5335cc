import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/protocol/snapshot.js';
import { builtCli } from '../support/builtCli.js';
import { type NodeUnderTest, nodesUnderTest } from '../support/nodeVersions.js';
import { type Ending, run } from '../support/runProgram.js';

const WAITS = `const waiting = new Map();
async function order(id, secret) {
  await new Promise((resolve) => waiting.set(id, resolve));
  return secret;
}
async function main() {
  await order('order-42', 'hunter2');
}
main();
setInterval(() => waiting.size, 1e8);
console.log('ready');
`;
const SPINS = `async function waits() {
  await new Promise((resolve) => (globalThis.settle = resolve));
}
waits();
function spin() {
  for (;;);
}
setTimeout(spin, 10);
console.log('ready');
`;

describe('asyncdebug xray and why-stuck', function () {
  this.timeout(240_000);
  let folder: string;
  let programs: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-xray-'));
    programs = [];
  });
  afterEach(() => {
    for (const program of programs) program.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function cli(...args: string[]): Promise<Ending> {
    return run(process.execPath, [builtCli(), ...args], folder, { TMPDIR: folder, TEMP: folder });
  }

  /** `HOST:PORT` of a program that knows nothing of us. */
  async function start(node: NodeUnderTest, text: string): Promise<string> {
    const file = join(folder, 'app.js');
    writeFileSync(file, text);
    const program = spawn(node.path, ['--inspect=127.0.0.1:0', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    programs.push(program);
    let said = '';
    program.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    await once(program.stdout, 'data');
    return /ws:\/\/([^/]+)/.exec(said)?.[1] ?? '';
  }

  const [oldest, newest] = nodesUnderTest().filter(({ major }) => major === 18 || major === 24);
  assert.ok(oldest && newest);

  it('shows who awaits whom, deep with what may settle it, and values only where they are asked for', async () => {
    const place = await start(newest, WAITS);
    const light = await cli('xray', place);
    assert.match(light.stdout, /^app\.js {2}pid \d+ · 2 tasks · from the look of \d\d:\d\d:\d\d\n/);
    assert.match(light.stdout, /\n {2}main {2}⟶ order {2}app\.js:7\n {4}order {2}awaiting {2}app\.js:3\n/);
    const deep = await cli('xray', '--deep', place);
    assert.match(deep.stdout, /· from the snapshot of \d\d:\d\d:\d\d\n/);
    assert.match(
      deep.stdout,
      /\n {2}main {2}⟶ order {2}app\.js:7\n {4}order {2}⟶ new Promise {2}app\.js:3\n/,
    );
    assert.match(deep.stdout, /its resolve function is held by waiting\.get\("order-42"\) \(app\.js\)/);
    assert.doesNotMatch(light.stdout + deep.stdout, /hunter2/);
    const locals = await cli('xray', '--deep', '--locals', place);
    assert.match(locals.stdout, /\n {2}order \(app\.js:3\)\n {4}local {2}.*secret = "hunter2"/);
    const { stdout } = await cli('xray', '--deep', '--locals', '--json', place);
    assert.doesNotMatch(stdout, /hunter2/);
    const [process] = (JSON.parse(stdout) as Snapshot).processes;
    assert.equal(process?.xray?.depth, 'deep');
    assert.ok(process.tasks.some(({ name, awaitingAt }) => name === 'order' && awaitingAt?.line === 3));
    for (const { code, stderr } of [light, deep, locals]) assert.deepEqual([code, stderr], [0, '']);
  });

  for (const node of [oldest, newest]) {
    it(`tells the line of a loop that never returns, and leaves no file (Node ${node.major})`, async () => {
      const place = await start(node, SPINS);
      const { stdout, code } = await cli('why-stuck', place);
      assert.match(stdout, /^app\.js:6:\d+ {2}The event loop does not turn: spin \(app\.js:6\) runs\. /);
      assert.match(
        stdout,
        /\napp\.js:2:\d+ {2}waits \(app\.js:2\) waits for .* settle \(a global variable\)/,
      );
      assert.equal(code, 0);
      assert.deepEqual(readdirSync(folder), ['app.js']);
      if (node === oldest) return;
      const light = await cli('xray', place);
      assert.match(light.stderr, /Its event loop does not turn: only a look with --deep can see into it now/);
      assert.equal(light.code, 1);
    });
  }
});
