import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Ending {
  stdout: string;
  stderr: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ProgramFiles {
  /** File name to text; the first one is run. */
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
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const main = path.join(folder, Object.keys(files)[0]!);
    const child = spawn(node, [...nodeArguments, main], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    const stdout = textOf(child.stdout);
    const stderr = textOf(child.stderr);
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (...ending) => resolve(ending));
    });
    const clean = (text: string): string => text.replaceAll(folder, '<folder>');
    return { stdout: clean(await stdout), stderr: clean(await stderr), code, signal };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}
