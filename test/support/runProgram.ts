import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Ending {
  stdout: string;
  stderr: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ProgramFiles {
  /** File name, with folders where it has any, to text; the first one is run. */
  [name: string]: string;
}

/** Runs a program of a few files to its end, with the folder's own path taken out of what it prints. */
export async function runProgram(
  node: string,
  nodeArguments: readonly string[],
  files: ProgramFiles,
  env: NodeJS.ProcessEnv = {},
): Promise<Ending> {
  const folder = mkdtempSync(path.join(tmpdir(), 'program-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const main = path.join(folder, Object.keys(files)[0] ?? '');
    const ending = await run(node, [...nodeArguments, main], folder, env);
    const clean = (text: string): string => text.replaceAll(folder, '<folder>');
    return { ...ending, stdout: clean(ending.stdout), stderr: clean(ending.stderr) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** No program of the tests runs longer by itself. */
const LIMIT_MS = 90_000;

/** Runs one process to its end; throws when it does not come. NODE_OPTIONS is not inherited. */
export async function run(
  node: string,
  argv: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ending> {
  const child = spawn(node, argv, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const watch = { hangs: false };
  const limit = setTimeout(() => {
    watch.hangs = true;
    child.kill('SIGKILL');
  }, LIMIT_MS);
  const texts = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...ending) => resolve(ending));
  });
  clearTimeout(limit);
  const [stdout, stderr] = await texts;
  if (watch.hangs) throw new Error(`The program did not end in ${LIMIT_MS} ms:\n${stdout}${stderr}`);
  return { stdout, stderr, code, signal };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}
