import assert from 'node:assert/strict';
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import { RUN_VARIABLE } from '../../src/cli/runVariable.js';
import type { BlockingWarning, Snapshot } from '../../src/protocol/snapshot.js';
import { builtCli } from '../support/builtCli.js';
import { forEachNode } from '../support/nodeVersions.js';
import { type Ending, run } from '../support/runProgram.js';

/** Takes so much of a processor's time: on a busy machine, less of it in the same time would be no block. */
const PARSE_REPORT = `function parseReport(ms) {
  for (let n = 0, end = usedMs() + ms; n % 1e6 !== 0 || usedMs() < end; n++);
} function usedMs() { const { user, system } = process.cpuUsage(); return (user + system) / 1000; }
`;

describe('asyncdebug run', function () {
  this.timeout(240_000);
  let folder: string;
  let running: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-run-'));
    running = [];
  });
  afterEach(() => {
    for (const program of running) program.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  function cli(args: string[], env?: NodeJS.ProcessEnv, node = process.execPath): Promise<Ending> {
    return run(node, [builtCli(), 'run', ...args], folder, env);
  }

  function records(name: string): OutputRecord[] {
    const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as OutputRecord);
  }

  function start(args: string[]): ChildProcessWithoutNullStreams {
    const program = spawn(process.execPath, [builtCli(), 'run', ...args], { cwd: folder });
    running.push(program);
    return program;
  }

  forEachNode((node) => {
    it('says what blocked, and leaves the program’s output and code alone', async () => {
      write(
        'app.js',
        `${PARSE_REPORT}
console.log('out');
console.error('err');
setTimeout(() => parseReport(250), 400);
setTimeout(() => { console.error('end'); process.exitCode = 7; }, 900);`,
      );
      const { stdout, stderr, code } = await cli(['app.js'], {}, node.path);
      assert.equal(stdout, 'out\n');
      const lines = stderr.split('\n');
      assert.deepEqual(
        lines.filter((line) => !line.startsWith('asyncdebug: ')),
        ['err', 'end', ''],
      );
      const warnings = lines.filter((line) => /: blocked .*parseReport/.test(line));
      assert.equal(warnings.length, 1, stderr);
      assert.match(
        warnings[0] ?? '',
        /^asyncdebug: blocked the event loop for [\d.]+ m?s in parseReport \(app\.js:2\)$/,
      );
      assert.equal(code, 7);
    });

    it('lists what is pending at the end, also of a program that ends at once', async () => {
      write('app.js', 'async function forgotten() { await new Promise(() => {}); }\nforgotten();');
      const { stdout, stderr, code } = await cli(['app.js'], {}, node.path);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^asyncdebug: At its end the program still waited for:\napp\.js .*\n {2}.*app\.js:1\n/,
      );
      assert.equal(code, 0);
    });

    it('tells nobody else where the inspector is', async () => {
      write(
        'app.js',
        `const { existsSync, readdirSync } = require('node:fs');
const tmp = process.env.TMPDIR;
const url = new URL(require('node:inspector').url());
const looking = setInterval(() => {
  if (readdirSync(tmp).some((folder) => existsSync(tmp + '/' + folder + '/inspector'))) return; // not yet read
  clearInterval(looking);
  require('node:http').get({ port: url.port, path: '/json/list' }, (answer) => {
    console.log(answer.statusCode);
    answer.pipe(process.stdout);
  });
}, 20);`,
      );
      const privately = join(folder, 'tmp');
      mkdirSync(privately);
      const { stdout, stderr, code } = await cli(
        ['app.js'],
        { TMPDIR: privately, TEMP: privately },
        node.path,
      );
      assert.equal(stdout, '404\n');
      assert.equal(stderr, '');
      assert.equal(code, 0);
      assert.deepEqual(readdirSync(privately), []);
    });

    // What the innermost awaits has a row only where the host has heard of it before it was collected.
    it('tells a chain of the top that can never go on, and not what a task has dropped', async () => {
      write(
        'app.js',
        `const never = () => new Promise(() => {});
async function mail() { await never(); }
async function order() { await mail(); }
async function loser() { await never(); }
async function shop() { await Promise.race([loser(), new Promise((resolve) => setTimeout(resolve, 10))]); }
order();
shop();
const told = setInterval(() => {
  globalThis.gc();
  if (process.uptime() > 5) clearInterval(told);
}, 100);`,
      );
      const { stderr, code } = await cli(['--', '--expose-gc', 'app.js'], {}, node.path);
      const tree = stderr.slice(stderr.indexOf('asyncdebug: It has lost what these wait for'));
      assert.match(
        tree,
        /^asyncdebug: It has lost what these wait for, so they could never go on:\napp\.js .*\n {2}order {2}⟶ mail · can never go on .*\n {4}mail {2}.*\n(?:.*\n)?$/,
      );
      assert.equal(code, 0);
    });

    it('dies as the program dies', async () => {
      write('app.js', `setTimeout(() => { throw new Error('boom'); }, 300);`);
      const { stderr, code } = await cli(['app.js'], {}, node.path);
      assert.match(stderr, /^\S+app\.js:1\n.*\n.*\n\nError: boom\n/);
      assert.doesNotMatch(stderr, /ebugger/);
      assert.equal(code, 1);
    });
  });

  it('shows nothing to the program but what all that it starts inherits', async () => {
    const print = `console.log(JSON.stringify([process.execArgv, process.env.NODE_OPTIONS, process.argv.slice(2),
      Object.keys(process.env).filter((name) => /ASYNC_DEBUGGER/.test(name)), process.listenerCount('exit'), process.stdin.isTTY]))`;
    write(
      'app.js',
      `if (!process.argv.includes('child')) require('node:child_process').fork(__filename, ['child']); ${print}`,
    );
    const { stdout, stderr, code } = await cli(['app.js', '--out', 'x y'], { NODE_OPTIONS: '--no-warnings' });
    const required = `--require "${builtCli().replace('cli.js', 'inspect.js')}" --no-warnings`;
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown[]);
    assert.deepEqual(
      lines
        .map((line) => line.slice(0, 5))
        .sort((a, b) => Number(String(a).includes('child')) - Number(String(b).includes('child'))),
      [
        [[], required, ['--out', 'x y'], [RUN_VARIABLE], 0],
        [[], required, ['child'], [RUN_VARIABLE], 0],
      ],
    );
    assert.equal(stderr, '');
    assert.equal(code, 0);
  });

  it('passes options of node on after --, and stdin', async () => {
    write('app.mjs', 'process.stdin.pipe(process.stdout); console.log(process.execArgv);');
    const program = start(['--', '--enable-source-maps', 'app.mjs']);
    program.stdin.end('typed\n');
    let out = '';
    program.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    await once(program, 'close');
    assert.match(out, /--enable-source-maps/);
    assert.match(out, /typed/);
  });

  it('writes what happens to --out, one object a line', async () => {
    write(
      'app.js',
      `${PARSE_REPORT}
async function poll() { await new Promise((resolve) => setTimeout(resolve, 1200)); }
poll();
setTimeout(() => parseReport(300), 500);`,
    );
    const { stderr } = await cli([
      '--threshold',
      '50',
      '--out',
      'f.jsonl',
      '--snapshot-after',
      '200',
      'app.js',
    ]);
    assert.match(stderr, /parseReport \(app\.js:2\)/);
    const written = records('f.jsonl');
    const snapshots = written.flatMap((record) => (record.event === 'snapshot' ? [record.snapshot] : []));
    const warnings = written.flatMap((record) => (record.event === 'warning' ? [record.warning] : []));
    assert.deepEqual(
      written.map(({ event }) => event),
      ['snapshot', 'warning', 'warning', 'snapshot', 'exit'],
    );
    const [begun, ended] = warnings as BlockingWarning[];
    assert.equal(begun?.id, ended?.id);
    assert.deepEqual([begun?.ongoing, ended?.ongoing], [true, false]);
    assert.ok(ended && ended.durationMs >= 290 && ended.durationMs === ended.maxMs);
    assert.equal(ended.site?.line, 2);
    assert.equal(snapshots[0]?.processes[0]?.state, 'running');
    assert.ok(awaitLines(snapshots[0]).includes(5));
    assert.equal(snapshots[1]?.processes[0]?.state, 'ended');
    assert.deepEqual(written.at(-1), { event: 'exit', code: 0, signal: null });
  });

  it('keeps tasks that have ended in a snapshot, with their results, but not what only looks pending', async () => {
    write(
      'app.js',
      `const { randomBytes } = require('node:crypto');
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function price() { await later(500); return { id: 42, items: [1, 2, 3], get total() { throw 1; } }; }
async function pay() { await later(500); throw new TypeError('no stock\\nat all'); }
price();
pay().catch(() => {});
for (let i = 0; i < 9; i++) randomBytes(8);
later(3000);`,
    );
    const { stderr } = await cli(['--out', 'f.jsonl', '--snapshot-after', '2000', 'app.js']);
    assert.doesNotMatch(stderr, /price|pay/);
    const first = records('f.jsonl').find((record) => record.event === 'snapshot');
    const tasks = first?.snapshot.processes[0]?.tasks ?? [];
    assert.deepEqual(
      tasks
        .filter(({ endedAgoMs }) => endedAgoMs !== undefined)
        .map(({ name, state, result }) => [name, state, result]),
      [
        ['price', 'fulfilled', '{ id: 42, items: Array(3), total: getter }'],
        ['pay', 'rejected', 'TypeError: no stock'],
      ],
    );
    assert.ok(!tasks.some(({ name }) => name === 'crypto.randomBytes'));
  });

  it('shows places in the original source, also at the very end', async () => {
    const source = write(
      'app.ts',
      `interface Unused {\n  a: number;\n}\nasync function forgotten(): Promise<void> {\n  await new Promise<void>(() => {});\n}\nvoid forgotten();\n`,
    );
    buildSync({ entryPoints: [source], outfile: join(folder, 'out/app.js'), sourcemap: true, format: 'cjs' });
    const { stderr } = await cli(['--out', 'f.jsonl', 'out/app.js']);
    assert.match(stderr, /app\.ts:5/);
    const last = records('f.jsonl').findLast((record) => record.event === 'snapshot');
    assert.ok(last && awaitLines(last.snapshot).includes(5));
  });

  it('shows worker threads below their process', async () => {
    write(
      'app.js',
      `const { Worker, isMainThread } = require('node:worker_threads');
async function poll() { await new Promise((resolve) => setTimeout(resolve, 1500)); }
if (isMainThread) new Worker(__filename);
poll();`,
    );
    await cli(['--out', 'f.jsonl', '--snapshot-after', '800', 'app.js']);
    const first = records('f.jsonl').find((record) => record.event === 'snapshot');
    const [main, worker] = first?.snapshot.processes ?? [];
    assert.match(main?.session ?? '', /^127\.0\.0\.1:\d+$/);
    assert.match(worker?.session ?? '', new RegExp(`^${main?.session}/worker-\\d+$`));
    assert.equal(worker?.parent, main?.session);
    assert.deepEqual([main?.threadId, worker?.threadId], [0, 1]);
    for (const thread of [main, worker])
      assert.ok(thread?.tasks.some(({ awaitingAt }) => awaitingAt?.line === 2));
  });

  it('says that a program is stuck before it has come free', async () => {
    write('app.js', `setTimeout(() => { while (true); }, 300);`);
    const program = start(['app.js']);
    let said = '';
    program.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!/has blocked the event loop for \d\.\d s in .*app\.js:1/.test(said)) {
      await once(program.stderr, 'data', { signal: AbortSignal.timeout(20_000) });
    }
    program.kill('SIGTERM');
    const [code, signal] = (await once(program, 'exit')) as [number | null, string | null];
    assert.deepEqual([code, signal], [null, 'SIGTERM']);
  });

  for (const [signal, handler, expected] of [
    ['SIGTERM', '', [null, 'SIGTERM']],
    ['SIGINT', '', [null, 'SIGINT']],
    ['SIGTERM', `process.on('SIGTERM', () => process.exit(5));`, [5, null]],
    ['SIGINT', `process.on('SIGINT', () => process.exit(6));`, [6, null]],
  ] as const) {
    it(`passes ${signal} on to a program ${handler ? 'with' : 'without'} a handler`, async () => {
      write('app.js', `${handler} setInterval(() => {}, 1000); console.log('ready');`);
      const program = start(['app.js']);
      await once(program.stdout, 'data');
      program.kill(signal);
      assert.deepEqual(await once(program, 'exit'), expected);
    });
  }

  it('is killed when the program is killed', async () => {
    write('app.js', `setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);`);
    const { signal } = await cli(['--out', 'f.jsonl', 'app.js']);
    assert.equal(signal, 'SIGKILL');
    assert.deepEqual(records('f.jsonl').at(-1), { event: 'exit', code: null, signal: 'SIGKILL' });
  });

  it('leaves a missing program to node', async () => {
    const plain = await run(process.execPath, ['missing.js'], folder);
    const { stdout, stderr, code } = await cli(['missing.js']);
    assert.equal(code, plain.code);
    assert.equal(stdout, plain.stdout);
    assert.match(stderr, /Cannot find module .*missing\.js/);
  });

  it('says that --out cannot be written before the program starts', async () => {
    write('app.js', `console.log('started')`);
    const { stdout, stderr, code } = await cli(['--out', 'no/such/folder/f', 'app.js']);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^asyncdebug: --out: no\/such\/folder\/f cannot be written \(ENOENT/);
  });

  it('says once that the disk is full, and the program goes on', async function () {
    if (process.platform !== 'linux') return this.skip();
    write(
      'app.js',
      `${PARSE_REPORT} setTimeout(() => parseReport(200), 300); setTimeout(() => process.exit(4), 700);`,
    );
    const { stderr, code } = await cli(['--out', '/dev/full', 'app.js']);
    assert.equal(stderr.match(/--out: writing to \/dev\/full failed \(ENOSPC/g)?.length, 1);
    assert.equal(code, 4);
  });

  it('counts what is pending by site when it is very much', async () => {
    write(
      'app.js',
      `for (let i = 0; i < 2000; i++) (async function waiter() { await new Promise(() => {}); })();
setTimeout(() => {}, 600);`,
    );
    const { stderr } = await cli(['app.js']);
    assert.match(stderr, /waiter {2}×\d/);
    assert.ok(stderr.split('\n').length < 30, stderr);
  });

  it('says that a program was not watched whose agent is switched off', async () => {
    write('app.js', `console.log('out')`);
    const { stdout, stderr, code } = await cli(['app.js'], { NODE_ASYNC_DEBUGGER_OFF: '1' });
    assert.equal(stdout, 'out\n');
    assert.match(stderr, /^asyncdebug: The program was not watched: the agent was switched off .*\n$/);
    assert.equal(code, 0);
  });

  it('says in one sentence what is wrong with the options', async () => {
    const { stdout, stderr, code } = await cli(['--treshold', '5', 'app.js']);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^asyncdebug: .*--treshold.* asyncdebug --help .*\n$/);
  });
});

function awaitLines(snapshot: Snapshot): (number | undefined)[] {
  return snapshot.processes.flatMap(({ tasks }) => tasks.map(({ awaitingAt }) => awaitingAt?.line));
}
