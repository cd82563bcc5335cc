import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import { ProcessServer } from '../../src/cli/processServer.js';
import { builtCli } from '../support/builtCli.js';
import { nodesUnderTest } from '../support/nodeVersions.js';
import { type Ending, run } from '../support/runProgram.js';

/** The end of each, by the word that it is given, and what its parent sees of it. */
const ENDS = `
const { fork } = require('node:child_process');
process.on('worker', () => console.log('a worker'));
const never = () => new Promise(() => {});
const ends = {
  itself() { (async function forgotten() { await never(); })(); },
  exit() { setTimeout(() => process.exit(3), 50); },
  listener() { process.on('exit', () => process.exit(5)); },
  error() { setTimeout(() => { throw new Error('boom'); }, 50); },
  signal() { setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50); },
};
const word = process.argv[2];
if (word) {
  console.log(process.execArgv.length, process.getActiveResourcesInfo(), process.eventNames());
  ends[word]();
} else {
  let left = Object.keys(ends);
  (function next() {
    const [name] = left.splice(0, 1);
    if (!name) return;
    const child = fork(__filename, [name], { silent: true });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('close', (code, signal) => {
      console.log(name, code, signal, said.replace(/^.*Error|Node.js v.*/gms, ''));
      next();
    });
  })();
}`;

describe('The processes below a program that is run', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'process-tree-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    writeFileSync(join(folder, name), text);
  }

  function cli(words: string[], env: NodeJS.ProcessEnv = {}): Promise<Ending> {
    return run(process.execPath, [builtCli(), 'run', ...words], folder, env);
  }

  for (const { major, path: node } of nodesUnderTest().filter(({ major }) => major === 18 || major === 24)) {
    it(`are watched, and print and end as without, on Node ${major}`, async () => {
      write('ends.js', ENDS);
      const plain = await run(node, ['ends.js'], folder);
      const { stdout, stderr, code } = await cli(['--', node, 'ends.js']);
      assert.equal(stdout, plain.stdout);
      assert.equal(code, plain.code);
      assert.match(
        stderr,
        /^asyncdebug: ends\.js \(process \d+\): At its end the program still waited for:\nends\.js .*\n {2}forgotten /m,
      );
      assert.doesNotMatch(stderr, /ebugger/);
    });
  }

  it('tell which of them was blocked, and stand below the one that started them, also through a shell', async () => {
    write(
      'child.js',
      `const usedMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
setTimeout(function parse() { for (const end = usedMs() + 300; usedMs() < end; ); }, 500);`,
    );
    write(
      'app.js',
      `require('node:child_process').exec('"' + process.execPath + '" child.js', (error) => process.exit(error ? 1 : 0));`,
    );
    const { stderr, code } = await cli(['--out', 'f.jsonl', 'app.js']);
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^asyncdebug: child\.js \(process \d+\): .*blocked the event loop for .* in \w+ \(child\.js:\d\)$/m,
    );
    const lines = readFileSync(join(folder, 'f.jsonl'), 'utf8').trimEnd().split('\n');
    const last = lines
      .map((line) => JSON.parse(line) as OutputRecord)
      .findLast(({ event }) => event === 'snapshot');
    const [main, child] = last?.event === 'snapshot' ? last.snapshot.processes : [];
    assert.deepEqual([main?.name, main?.parent, child?.name], ['app.js', undefined, 'child.js']);
    assert.match(main?.session ?? '', /^127\.0\.0\.1:/);
    assert.equal(child?.session, `process-${child?.pid}`);
  });

  it('names a program after its file, whatever Node is given before it', async () => {
    write('hook.mjs', '');
    write('app.mjs', 'await new Promise((resolve) => setTimeout(resolve, 300)); process.exit(1);');
    await cli(['--out', 'f.jsonl', '--', '--import', './hook.mjs', 'app.mjs']);
    assert.match(readFileSync(join(folder, 'f.jsonl'), 'utf8'), /"name":"app\.mjs"/);
  });

  it('says what to do where a command starts nothing that can be watched', async () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/quiet'), '#!/bin/sh\nexit 6\n', { mode: 0o755 });
    const { stdout, stderr, code } = await cli(['--', 'bin/quiet']);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^asyncdebug: No process was watched: .*Give the program itself: asyncdebug run server\.js/,
    );
    assert.equal(code, 6);
  });

  it('leaves no file behind, and lets nobody in who does not know the token', async () => {
    const server = await ProcessServer.open({ debug() {}, info() {}, warn() {}, error() {} });
    assert.ok(server);
    const connected: number[] = [];
    server.onDidConnect(({ hello }) => connected.push(hello.pid));
    for (const hello of [
      'no JSON',
      '{"token":"x","pid":1,"name":""}',
      `{"token":"${server.token}","pid":0,"name":""}`,
    ]) {
      const socket = connect(server.socket);
      socket.write(`${hello}\n`);
      await once(socket, 'close');
    }
    const socket = connect(server.socket);
    socket.write(`{"token":"${server.token}","pid":7,"name":"app.js"}\n{"method":"x"}\n`);
    const told = once(socket, 'close');
    while (connected.length === 0) await new Promise(setImmediate);
    server.dispose();
    await told;
    assert.deepEqual(connected, [7]);
    const privately = join(folder, 'tmp');
    mkdirSync(privately);
    write('app.js', '');
    await cli(['app.js'], { TMPDIR: privately, TEMP: privately });
    assert.deepEqual(readdirSync(privately), []);
  });
});
