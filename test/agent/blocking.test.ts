import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import { type BlockingEpisode, isBlocking } from '../../src/protocol/snapshot.js';
import { builtCli } from '../support/builtCli.js';
import { type NodeUnderTest, nodesUnderTest } from '../support/nodeVersions.js';
import { run } from '../support/runProgram.js';
import { until } from '../support/until.js';
import { BLOCKING_PROGRAM, lineOf } from './blockingProgram.js';

interface Told {
  cause: string;
  call?: string;
}

interface Expected extends Told {
  forTask?: string;
  /** A chain has no one line. */
  anyLine?: true;
  /**
   * Native code that answers only when the next function is called: what else may be told where a stack does not
   * tell it. The line is then that which set the timer, or that on which the program went on.
   */
  or?: readonly Told[];
}

const NATIVE: readonly Told[] = [
  { cause: 'native call' },
  { cause: 'garbage collection' },
  { cause: 'unknown' },
];

const EXPECTED: Record<string, Expected> = {
  javascript: { cause: 'javascript' },
  await: { cause: 'javascript' },
  execSync: { cause: 'synchronous call', call: 'child_process.execSync' },
  pbkdf2Sync: { cause: 'synchronous call', call: 'crypto.pbkdf2Sync' },
  gzipSync: { cause: 'synchronous call', call: 'zlib.gzipSync' },
  readFileSync: {
    cause: 'synchronous call',
    call: 'fs.readFileSync',
    or: [...NATIVE, { cause: 'synchronous call', call: 'readFileSync' }],
  },
  manyFiles: {
    cause: 'synchronous call',
    call: 'readFileSync',
    or: [{ cause: 'synchronous call', call: 'fs.readFileSync' }, { cause: 'javascript' }],
  },
  parse: { cause: 'synchronous call', call: 'JSON.parse', or: NATIVE },
  last: { cause: 'synchronous call', call: 'JSON.parse', or: NATIVE },
  sort: { cause: 'synchronous call', call: 'sort', or: NATIVE },
  regexp: { cause: 'regular expression', call: 'a regular expression' },
  wait: { cause: 'synchronous call', call: 'Atomics.wait' },
  gc: {
    cause: 'synchronous call',
    call: 'gc',
    or: [...NATIVE, { cause: 'javascript' }],
  },
  microtasks: { cause: 'microtasks', anyLine: true },
  ticks: { cause: 'microtasks', anyLine: true },
  require: { cause: 'module loading' },
  http: { cause: 'javascript', forTask: 'GET /slow' },
};
const KINDS = Object.keys(EXPECTED);

/** Of what was measured in the program: it also counts what a busy machine takes from it between two callbacks. */
const TOLERANCE = 0.2;
const TOLERANCE_MS = 150;

interface Run {
  /** What the program measured, in the order of the kinds: the milliseconds it knows of, and the most it can be. */
  measured: [kind: string, ms: number, longestMs: number][];
  /** In the order in which they began, without the start-up. */
  blocks: BlockingEpisode[];
}

describe('Blocking', function () {
  this.timeout(300_000);
  const nodes = nodesUnderTest();
  const runs = new Map<NodeUnderTest, Run>();
  let folder: string;

  async function runOn(node: NodeUnderTest): Promise<void> {
    const own = mkdtempSync(path.join(folder, `${node.major}-`));
    const program = path.join(own, 'program.js');
    writeFileSync(program, BLOCKING_PROGRAM);
    const out = path.join(own, 'out.jsonl');
    const argv = [
      builtCli(),
      'run',
      '--threshold',
      '100',
      '--out',
      out,
      '--',
      '--expose-gc',
      program,
      ...KINDS,
    ];
    const { stdout, stderr, code } = await run(node.path, argv, own);
    assert.equal(code, 0, stderr);
    runs.set(node, { measured: JSON.parse(stdout) as Run['measured'], blocks: blocksOf(out) });
  }

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'blocking-'));
    for (const node of nodes) await runOn(node);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const node of nodes) {
    describe(`Node ${node.major}`, () => {
      for (const [position, kind] of KINDS.entries()) {
        it(`tells line, cause and duration of ${kind}`, () => {
          const { measured, blocks } = runs.get(node) as Run;
          const { forTask, anyLine, or = [], ...expected } = EXPECTED[kind] as Expected;
          const all = blocks.map(told).join('\n');
          const block = blocks[position];
          assert.ok(block, all);
          const { cause, call } = block;
          const isKnown = or.every((other) => other.cause !== cause || other.call !== call);
          if (isKnown) assert.deepEqual({ cause, call }, { call: undefined, ...expected }, all);
          if (isKnown && !anyLine) assert.equal(block.site?.line, lineOf(kind), all);
          if (!isKnown) assert.equal(path.basename(block.site?.file ?? ''), 'program.js', all);
          assert.equal(block.forTask?.name, forTask);
          const [, ms = 0, longestMs = 0] = measured[position] ?? [];
          const isAsLong = block.durationMs >= ms - Math.max(ms * TOLERANCE, TOLERANCE_MS);
          assert.ok(
            isAsLong && block.durationMs <= longestMs,
            `${block.durationMs} of ${ms} to ${longestMs} ms`,
          );
        });
      }

      it('reports nothing else', () => {
        const { blocks } = runs.get(node) as Run;
        assert.equal(blocks.length, KINDS.length, blocks.map(told).join('\n'));
      });
    });
  }

  it('does not take a process that was stopped for a blocked one', async function () {
    if (process.platform === 'win32') this.skip();
    const program = path.join(folder, 'short.js');
    // Busy, but in short turns. While a virtual machine stands still, processor time may go on for what ran there,
    // of any kind and on any thread, also between two turns: what is counted here is what the monitor counts.
    writeFileSync(
      program,
      `const usedUs = () => {
        const { user, system } = process.cpuUsage();
        return user + system;
      };
      const end = Date.now() + 3000;
      let before = usedUs();
      (function tick() {
        const start = usedUs();
        while (usedUs() < start + 5000);
        const after = usedUs();
        if (after > before + 100000) console.log('long');
        before = after;
        if (Date.now() < end) setTimeout(tick, 2);
      })();
      console.log(process.pid);`,
    );
    const out = path.join(folder, 'short.jsonl');
    const argv = [builtCli(), 'run', '--threshold', '200', '--out', out, '--', program];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += String(chunk)));
    const pid = await until('its pid', () => Number(/\d+\n/.exec(printed)?.[0]) || undefined);
    for (let stops = 0; stops < 2; stops++) {
      await delay(400);
      process.kill(pid, 'SIGSTOP');
      await delay(600);
      process.kill(pid, 'SIGCONT');
    }
    await once(child, 'exit');
    const long = printed.match(/long/g)?.length ?? 0;
    assert.deepEqual(blocksOf(out).slice(long).map(told), []);
  });
});

function told({ durationMs, cause, call, site }: BlockingEpisode): string {
  return `${durationMs.toFixed(0)} ms of ${cause} ${call ?? ''} in line ${site?.line}`;
}

/** All blocks but the start-up, as the last snapshot has them. */
function blocksOf(file: string): BlockingEpisode[] {
  const records = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as OutputRecord);
  return records
    .flatMap((record) => (record.event === 'snapshot' ? record.snapshot.processes : []))
    .flatMap((process) => process.warnings.filter(isBlocking))
    .filter((warning) => !warning.message.includes('start-up'))
    .flatMap((warning) => warning.episodes ?? [])
    .sort((a, b) => a.startedMs - b.startedMs);
}
