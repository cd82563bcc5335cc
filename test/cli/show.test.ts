import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/protocol/snapshot.js';
import { builtAgent } from '../support/builtAgent.js';
import { builtCli } from '../support/builtCli.js';
import { forEachNode } from '../support/nodeVersions.js';
import { type Ending, run } from '../support/runProgram.js';

const POLL = `async function poll() {
  for (;;) await new Promise((resolve) => setTimeout(resolve, 200));
}
poll();
console.log('ready');
`;

describe('asyncdebug ps and pstree', function () {
  this.timeout(240_000);
  let folder: string;
  let programs: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-show-'));
    programs = [];
  });
  afterEach(() => {
    for (const program of programs) program.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function cli(...args: string[]): Promise<Ending> {
    return run(process.execPath, [builtCli(), ...args], folder);
  }

  /** A program that runs until the test ends; `HOST:PORT` if it was started with an inspector. */
  async function start(node: string, flags: string[], text = POLL): Promise<{ pid: string; place: string }> {
    const file = join(folder, 'app.js');
    writeFileSync(file, text);
    const program = spawn(node, [...flags, file], { stdio: ['ignore', 'pipe', 'pipe'] });
    programs.push(program);
    let said = '';
    program.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    await once(program.stdout, 'data');
    return { pid: String(program.pid), place: /ws:\/\/([^/]+)/.exec(said)?.[1] ?? '' };
  }

  forEachNode((node) => {
    it('shows the tree of a program that has the agent', async () => {
      const { place } = await start(node.path, ['--require', builtAgent(), '--inspect=127.0.0.1:0']);
      const { stdout, stderr, code } = await cli('pstree', place);
      assert.equal(stderr, '');
      assert.match(stdout, /app\.js.*\n {2}.*app\.js:2\n(.*\n)*.*setTimeout 200 ms/);
      assert.equal(code, 0);
    });

    it('says what of very many tasks it does not show', async () => {
      const many = `const waiting = [];
        async function wait() { await new Promise((resolve) => waiting.push(resolve)); }
        for (let made = 0; made < 150_000; made++) wait();
        setInterval(() => {}, 1e6);
        console.log('ready');`;
      const flags = ['--require', builtAgent(), '--inspect=127.0.0.1:0'];
      const { place } = await start(node.path, flags, many);
      const { stdout, stderr, code } = await cli('pstree', place);
      assert.equal(code, 0);
      const [, shown, left] =
        /^app\.js {2}pid \d+ · ([\d,]+) tasks shown, at least ([\d,]+) pending promises not recorded/.exec(
          stdout,
        ) ?? [];
      const [tasks, unrecorded] = [shown, left].map((count = '') => Number(count.replaceAll(',', '')));
      assert.ok(tasks !== undefined && unrecorded !== undefined && tasks > 0, stdout.slice(0, 200));
      // each is an async function and a `new Promise`
      assert.ok(unrecorded > 0 && 2 * tasks + unrecorded <= 300_100, `${tasks} and ${unrecorded}`);
      assert.match(stderr, new RegExp(`; at least ${left} of these promises have not settled\n$`));
      assert.match(stdout, /^ +[\d,]+ more(?: {2}|$)/m);
      assert.doesNotMatch(stdout, /use the filter/);
    });

    it('shows by process id, late, what moves in a program that knows nothing of us', async function () {
      if (process.platform !== 'linux') return this.skip();
      const { pid } = await start(node.path, ['--inspect-port=127.0.0.1:0']);
      const { stdout, stderr, code } = await cli('ps', '--json', pid);
      const [main] = (JSON.parse(stdout) as Snapshot).processes;
      assert.equal(String(main?.pid), pid);
      assert.ok(main?.tasks.some(({ awaitingAt }) => awaitingAt?.line === 2));
      assert.match(
        stderr,
        /^asyncdebug: app\.js: Attached while it ran: older tasks are not shown until they go on.*\n$/,
      );
      assert.equal(code, 0);
    });
  });

  forEachNode((node) => {
    it('shows, late, what is open and the line of a loop that runs', async () => {
      const text = `require('node:net').createServer().listen(0, '127.0.0.1', () => {
        console.log('ready');
        setTimeout(spin, 10);
      });
      function spin() { for (;;); }
      `;
      const { place } = await start(node.path, ['--inspect=127.0.0.1:0'], text);
      const { stdout, code } = await cli('pstree', place);
      assert.match(stdout, /^app\.js {2}blocked .* in spin app\.js:5 · attached while it ran: older tasks /);
      assert.match(stdout, /\n {4}TCP server 127\.0\.0\.1:\d+ {2}older than the debugger\n/);
      assert.equal(code, 0);
    });
  });

  it('shows a program that is stuck, with the line', async () => {
    const text = `setTimeout(() => { console.log('stuck'); while (true); }, 10);`;
    const { place } = await start(
      process.execPath,
      ['--require', builtAgent(), '--inspect=127.0.0.1:0'],
      text,
    );
    // The first look may come before it has been stuck for as long as the threshold.
    let { stdout, code } = await cli('pstree', place);
    for (let look = 1; look < 5 && !/blocked/.test(stdout); look++)
      ({ stdout, code } = await cli('pstree', place));
    assert.match(stdout, /^app\.js .*blocked .*app\.js:1/);
    assert.equal(code, 0);
  });

  it('never signals a process that would die of it', async function () {
    if (process.platform !== 'linux') return this.skip();
    const sleeper = spawn('sleep', ['60']);
    programs.push(sleeper);
    const notNode = await cli('ps', String(sleeper.pid));
    assert.match(notNode.stderr, /^asyncdebug: Process \d+ is not a Node\.js program but \S+\.\n$/);
    assert.equal(notNode.code, 1);
    assert.equal(sleeper.exitCode, null);
    assert.equal(sleeper.signalCode, null);
  });

  it('says that there is no such process', async () => {
    const { stderr, code } = await cli('ps', '999999999');
    assert.match(stderr, /^asyncdebug: There is no process 999999999\.\n$/);
    assert.equal(code, 1);
  });

  it('says what to do where nothing listens, and where something else does', async () => {
    const { stderr, code } = await cli('ps', '127.0.0.1:1');
    assert.match(
      stderr,
      /Nothing listens on 127\.0\.0\.1:1\. Start the program with --inspect=127\.0\.0\.1:1/,
    );
    assert.equal(code, 1);
    const server = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const other = await cli('ps', place);
    server.close();
    assert.match(other.stderr, new RegExp(`${place} is not the inspector of a Node\\.js program`));
  });

  it('tells its version and how it is used', async () => {
    assert.match((await cli('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match((await cli('--help')).stdout, /^Usage:\n/);
    assert.equal((await cli()).code, 2);
  });
});
