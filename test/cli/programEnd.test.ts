import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import type { ProcessSnapshot } from '../../src/protocol/snapshot.js';
import { builtCli } from '../support/builtCli.js';
import { forEachNode } from '../support/nodeVersions.js';
import { type Ending, run } from '../support/runProgram.js';

/** What the tool says at the end of a program; what takes the machine long at its start is another matter. */
function said({ stderr }: Ending): string[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '' && !/start-up held|blocked the event loop/.test(line));
}

describe('asyncdebug run at the end of a program', function () {
  this.timeout(60_000);
  let folder: string;
  let running: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-end-'));
    running = [];
  });
  afterEach(() => {
    for (const program of running) program.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function cli(node: string, text: string): Promise<Ending> {
    writeFileSync(join(folder, 'app.js'), text);
    return run(node, [builtCli(), 'run', '--out', 'out.jsonl', 'app.js'], folder);
  }

  /** Of the last snapshot. */
  function main(): ProcessSnapshot | undefined {
    const lines = readFileSync(join(folder, 'out.jsonl'), 'utf8').trimEnd().split('\n');
    const last = lines
      .map((line) => JSON.parse(line) as OutputRecord)
      .findLast(({ event }) => event === 'snapshot');
    return last?.event === 'snapshot' ? last.snapshot.processes[0] : undefined;
  }

  forEachNode((node) => {
    it('says nothing of tasks that ended in the last moment', async () => {
      const ending = await cli(
        node.path,
        `async function read() { await new Promise((resolve) => setTimeout(resolve, 220)); }
async function main() { await read(); }
main();`,
      );
      assert.deepEqual(said(ending), []);
      assert.deepEqual(main()?.ending, { by: 'itself', code: 0 });
      assert.ok(main()?.tasks.every(({ endedAgoMs }) => endedAgoMs !== undefined));
    });

    it('knows all of a program that ends at once', async () => {
      const ending = await cli(node.path, `(async function stuck() { await new Promise(() => {}); })();`);
      assert.match(
        said(ending).join('\n'),
        /^asyncdebug: At its end the program still waited for:\n.*\n.*app\.js:1/,
      );
      assert.notEqual(main()?.pid, 0);
    });

    it('tells where process.exit was called, not the task that did and who waited for that', async () => {
      const ending = await cli(
        node.path,
        `async function quit() { await null; process.exit(3); }
async function main() { await quit(); }
main().then(() => {});`,
      );
      assert.deepEqual(said(ending), ['asyncdebug: The program called process.exit in quit (app.js:1).']);
      assert.equal(ending.code, 3);
    });

    it('asks for the final update where a listener of the program ends it', async () => {
      const ending = await cli(
        node.path,
        `process.on('exit', () => process.exit(9)); (async function stuck() { await new Promise(() => {}); })();`,
      );
      assert.match(said(ending).join('\n'), /still waited for:\n.*\n.*stuck.*app\.js:1/);
      assert.equal(ending.code, 9);
    });

    it('does not take a lost connection for the end', async () => {
      const ending = await cli(
        node.path,
        `const inspector = require('node:inspector');
const agent = globalThis[Symbol.for('nodejs.asyncDebugger.agent')];
const closing = setInterval(() => {
  if (agent.seq < 2) return; // it has been asked
  clearInterval(closing);
  inspector.close();
  setTimeout(() => {}, 700);
}, 50);`,
      );
      assert.match(
        said(ending).join('\n'),
        /^asyncdebug: The connection to the program was lost \S+ m?s before its end: what came then is not known\.$/,
      );
    });

    it('tells what kept a program running that is stopped', async function () {
      if (process.platform === 'win32') return this.skip();
      writeFileSync(
        join(folder, 'app.js'),
        `const net = require('node:net');
const server = net.createServer((socket) => socket.unref()).listen(0, '127.0.0.1', dial).unref();
setInterval(() => {}, 300).unref();
function dial() {
  net.connect(server.address().port, '127.0.0.1').on('connect', () => setTimeout(() => console.log('ready'), 400));
}`,
      );
      const program = spawn(node.path, [builtCli(), 'run', 'app.js'], { cwd: folder });
      running.push(program);
      let stderr = '';
      program.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      program.stdout.resume();
      await once(program.stdout, 'data');
      program.kill('SIGTERM');
      await once(program, 'close');
      const [title, kept, loose, ...others] = said({ stderr, stdout: '', code: null, signal: null });
      assert.equal(title, 'asyncdebug: What kept it running:', stderr);
      assert.match(kept ?? '', /^ {2}TCP connection 127\.0\.0\.1:\d+ {2}app\.js:5$/);
      assert.equal(loose, "  3 others unref'd: they did not keep it");
      assert.deepEqual(others, []);
    });
  });
});
