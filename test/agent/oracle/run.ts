import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { AgentMessage } from '../../../src/protocol/wire.js';
import { Picture, type Truth } from './compare.js';
import { randomProgram } from './program.js';

export interface OracleResult {
  /** Moments compared, tasks compared, and every difference found. */
  moments: number;
  tasks: number;
  differences: string[];
}

/** Runs the programs of `count` seeds from `first` in one process and holds the agent against their truth. */
export async function runOracle(
  node: string,
  agent: string,
  first: number,
  count: number,
  siteBudget = 1,
): Promise<OracleResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'oracle-'));
  try {
    const files: string[] = [];
    for (let seed = first; seed < first + count; seed++) {
      const file = path.join(folder, `seed${seed}.js`);
      writeFileSync(file, randomProgram(seed));
      files.push(file);
    }
    return await compare(node, agent, files, siteBudget);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  node: string,
  agent: string,
  files: string[],
  siteBudget: number,
): Promise<OracleResult> {
  const probe = path.resolve('test/fixtures/probe/probe.cjs');
  const runtime = path.resolve('test/agent/oracle/runtime.cjs');
  const child = spawn(node, ['-r', agent, '-r', probe, runtime, ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PROBE_SITE_BUDGET: String(siteBudget) },
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const result: OracleResult = { moments: 0, tasks: 0, differences: [] };
  const picture = new Picture(siteBudget < 1);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('\u0001')) continue;
    const { label, truth, messages } = JSON.parse(line.slice(1)) as {
      label: string;
      truth: Truth;
      messages: string[];
    };
    for (const text of messages) {
      const message = JSON.parse(text) as AgentMessage;
      if (message.kind === 'beat') picture.apply(message);
    }
    result.moments++;
    result.tasks += truth.tasks.length;
    if (result.differences.length < 100) result.differences.push(...picture.differences(label, truth));
  }
  const code = await exited;
  if (code !== 0) throw new Error(`the programs ended with ${code}`);
  return result;
}
