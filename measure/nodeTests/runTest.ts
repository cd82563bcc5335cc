import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestFile } from './testFiles.js';
import type { Run } from './tries.js';

/** Characters of output that are kept: the end, where the error is. */
const KEPT = 4_000;

/** How a program is started in one way. */
export interface Start {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Runs one of Node's tests, which passes where it ends with exit code 0. One that takes too long is ended, with what it
 * has started, and has failed.
 * @param folder that holds Node's folder `test`
 */
export async function runTest(
  { env }: TestFile,
  start: Start,
  folder: string,
  limitMs: number,
): Promise<Run> {
  const temporary = mkdtempSync(join(tmpdir(), 'node-test-'));
  try {
    const child = spawn(start.command, start.args, {
      cwd: folder,
      env: { ...start.env, ...env, NODE_TEST_DIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    return await ending(child, limitMs);
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Waits for the process alone: what it has left running may hold its output open. */
function ending(child: ChildProcess, limitMs: number): Promise<Run> {
  let said = '';
  const keep = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-KEPT));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      said += `\nIt did not end in ${limitMs / 1_000} s.`;
      endGroup(child);
    }, limitMs);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(limit);
      // what was written before the end is there one turn later
      setImmediate(() => {
        endGroup(child);
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ passed: code === 0, said });
      });
    });
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // nothing of it is left
  }
}
