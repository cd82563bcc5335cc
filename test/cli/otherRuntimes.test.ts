import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTHER_RUNTIMES } from '../../scripts/otherRuntimes.js';
import { preloadedAgent } from '../support/builtAgent.js';
import { builtCli } from '../support/builtCli.js';
import { run, runProgram } from '../support/runProgram.js';

/** It says what can be seen of what was required before it, and ends with an error that is its own. */
const PROGRAM = `
  console.log(typeof require === 'function' && require.cache ? Object.keys(require.cache).length : 'no cache');
  Promise.resolve().then(function () { return new Promise(function (resolve) { setTimeout(resolve, 5); }); })
    .then(function () { console.log('done'); process.exit(3); });`;

describe('Where the agent cannot run', function () {
  this.timeout(240_000);
  let folder: string;
  const programs: ChildProcess[] = [];
  before(() => (folder = mkdtempSync(join(tmpdir(), 'other-runtimes-'))));
  afterEach(() => {
    for (const program of programs.splice(0)) program.kill('SIGKILL');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name, argv, binary } of OTHER_RUNTIMES) {
    it(`${name} does the same with what debugged programs inherit as without`, async () => {
      const [plain, inherits] = await Promise.all([
        runProgram(binary, argv, { 'main.js': PROGRAM }),
        runProgram(binary, argv, { 'main.js': PROGRAM }, preloadedAgent()),
      ]);
      assert.equal(plain.code, 3, plain.stderr);
      assert.deepEqual(inherits, plain);
    });
  }

  /** Its inspector speaks another protocol. */
  for (const { name, argv, binary } of OTHER_RUNTIMES.filter((runtime) => runtime.name !== 'Bun')) {
    it(`says so of ${name}`, async () => {
      const file = join(folder, 'main.js');
      writeFileSync(file, 'setInterval(() => {}, 1000);');
      const program = spawn(binary, [...argv, '--inspect=127.0.0.1:0', file], {
        env: { ...process.env, ...preloadedAgent() },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      programs.push(program);
      const { stderr, code } = await run(
        process.execPath,
        [builtCli(), 'pstree', await inspectorOf(program)],
        folder,
      );
      const why = name.startsWith('Node')
        ? /Node v[\d.]+ is too old: async tasks need Node 18 or newer\.\n/
        : /Deno is not supported: async tasks can be shown of Node\.js programs only\.\n/;
      assert.match(stderr, why);
      assert.equal(code, 1);
    });
  }
});

/** `HOST:PORT`, as the program prints it. */
function inspectorOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      const place = /ws:\/\/([^/\s]+)/.exec((said += chunk))?.[1];
      if (place !== undefined) resolve(place);
    });
    stderr?.on('end', () => reject(new Error(`It does not say where its inspector is:\n${said}`)));
  });
}
