import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { AgentMessage } from '../../../src/protocol/wire.js';
import { builtAgent } from '../../support/builtAgent.js';
import { Picture } from './compare.js';
import { syntaxOf } from './features.js';
import { randomProgram } from './program.js';
import { buildRandomAgent } from './randomAgent.js';
import { Report } from './report.js';
import type { Truth } from './truth.js';

/** More time for stacks than can be used up, however busy the machine is. */
const UNLIMITED = 1_000;

/** Programs that run one after the other in one process: starting Node takes longer than running one. */
const PER_PROCESS = 25;

export interface OracleOptions {
  /** Path of the Node binary. */
  node: string;
  first: number;
  seeds: number;
  budget?: Budget;
  /** The agent goes and comes again now and then, also while functions run. */
  late?: boolean;
  /** Whole stacks count as dear, as in a debug session. */
  hasDebugger?: boolean;
  /** Path of another bundle of the agent than dist/agent.js; what is random has one of its own. */
  agent?: string | undefined;
}

/** Share of the time that may go into stacks; 1: all that it takes; `random`: a matter of chance at each stack. */
export type Budget = number | 'random';

/** Runs the programs of some seeds and holds the agent against their truth. */
export async function runOracle(options: OracleOptions): Promise<Report> {
  const { first, seeds, budget = 1, agent = builtAgent() } = options;
  const report = new Report();
  for (let seed = first; seed < first + seeds; seed += PER_PROCESS) {
    const count = Math.min(PER_PROCESS, first + seeds - seed);
    const storage = Math.floor(seed / PER_PROCESS) % 2 === 0;
    const features = { ...syntaxOf(options.node), storage };
    const folder = mkdtempSync(path.join(tmpdir(), 'oracle-'));
    try {
      const files = Array.from({ length: count }, (_, i) => path.join(folder, `seed${seed + i}.js`));
      for (const [i, file] of files.entries()) writeFileSync(file, randomProgram(seed + i, features));
      const bundle = budget === 'random' ? await buildRandomAgent(folder) : agent;
      await compare({ ...options, agent: bundle }, files, report);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return report;
}

async function compare(
  { node, agent, budget = 1, late = false, hasDebugger = false }: OracleOptions & { agent: string },
  files: string[],
  report: Report,
): Promise<void> {
  const probe = path.resolve('test/fixtures/probe/probe.cjs');
  const runtime = path.resolve('test/agent/oracle/runtime.cjs');
  const isScarce = budget !== 'random' && budget < 1;
  const share = isScarce ? budget : UNLIMITED;
  const child = spawn(node, ['--no-warnings', '-r', agent, '-r', probe, runtime, ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PROBE_SITE_BUDGET: String(share),
      ...(late ? { ORACLE_LATE: '1' } : {}),
      ...(hasDebugger ? { PROBE_DEBUGGER: '1' } : {}),
    },
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const picture = new Picture(isScarce || budget === 'random' || late, report);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('\u0001')) continue;
    const { label, truth, messages } = JSON.parse(line.slice(1)) as {
      label: string;
      truth: Truth;
      messages: string[];
    };
    if (truth.isAnew) picture.clear();
    for (const text of messages) {
      const message = JSON.parse(text) as AgentMessage;
      if (message.kind === 'poll') picture.apply(message);
    }
    picture.compare(label, truth);
  }
  const code = await exited;
  if (code !== 0) throw new Error(`the programs ended with ${code}`);
  report.programs += files.length;
}
