import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputRecord } from '../../src/cli/outputFile.js';
import type { Snapshot } from '../../src/protocol/snapshot.js';
import { builtAgent } from '../support/builtAgent.js';
import { builtCli } from '../support/builtCli.js';
import type { TruthCase } from './truthCase.js';

/** What the command line tool told of one run of a program. */
export interface Observation {
  /** What stood on stderr and, of `pstree`, on stdout: a line each, empty ones left out. */
  lines: string[];
  code: number | null;
  signal: NodeJS.Signals | null;
  /** What `run --out` wrote at the end; absent: nothing. */
  last?: Snapshot | undefined;
}

/** Longer than any program here takes on a busy machine: what does not come in this time is lost. */
const LIMIT_MS = 60_000;

/** `run --out` of a program that ends, or that is ended as by Ctrl+C once it has come to rest. */
export async function observeRun(node: string, truth: TruthCase): Promise<Observation> {
  return inFolder(truth, async (folder, program) => {
    const out = join(folder, 'out.jsonl');
    const args = [builtCli(), 'run', '--out', out, '--', ...program];
    const child = start(node, args, folder);
    const stderr = textOf(child.stderr);
    if (!truth.exit) {
      await ready(child);
      child.kill('SIGINT');
    } else child.stdout?.resume();
    const [code, signal] = await end(child);
    const records = readRecords(out);
    const last = records.findLast((record) => record.event === 'snapshot');
    return {
      lines: linesOf(await stderr),
      code,
      signal,
      last: last?.event === 'snapshot' ? last.snapshot : undefined,
    };
  });
}

/** `pstree` of a program that stays and has had the agent from its start. */
export async function observeTree(node: string, truth: TruthCase): Promise<string[]> {
  return inFolder(truth, async (folder, program) => {
    const child = start(node, ['--require', builtAgent(), '--inspect=127.0.0.1:0', ...program], folder);
    const stderr = gather(child.stderr);
    try {
      await ready(child);
      const address = /ws:\/\/([^/]+)/.exec(stderr.text)?.[1] ?? '';
      const shown = start(node, [builtCli(), 'pstree', address], folder);
      const texts = Promise.all([textOf(shown.stdout), textOf(shown.stderr)]);
      await end(shown);
      return (await texts).flatMap(linesOf);
    } finally {
      child.kill('SIGKILL');
      await end(child);
    }
  });
}

async function inFolder<T>(
  { file, source, options = [] }: TruthCase,
  work: (folder: string, program: string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'));
  try {
    writeFileSync(join(folder, file), source);
    return await work(folder, [...options, file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(node: string, args: readonly string[], cwd: string): ChildProcess {
  const env = { ...process.env, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, NO_COLOR: '1' };
  return spawn(node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Resolves when the program has said that it has come to rest. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said = gather(child.stdout, (text) => {
      if (text.includes('ready')) resolve();
    });
    child.once('close', () => reject(new Error(`It ended before it was ready: ${said.text}`)));
  });
}

function end(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve([child.exitCode, child.signalCode]);
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`It did not end within ${LIMIT_MS} ms`));
    }, LIMIT_MS);
    child.once('error', reject);
    child.once('close', (...ending: [number | null, NodeJS.Signals | null]) => {
      clearTimeout(limit);
      resolve(ending);
    });
  });
}

function gather(
  stream: NodeJS.ReadableStream | null,
  onText: (text: string) => void = () => {},
): { text: string } {
  const gathered = { text: '' };
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    gathered.text += chunk;
    onText(gathered.text);
  });
  return gathered;
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  if (stream) for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function readRecords(file: string): OutputRecord[] {
  const lines = linesOf(readFileSync(file, 'utf8'));
  return lines.map((line) => JSON.parse(line) as OutputRecord);
}
