import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Mode } from '../bench/modes.mjs' with { 'resolution-mode': 'import' };
import { THRESHOLD_MS } from './observe.js';
import type { Peer } from './peers.js';

/** What one way to watch a program costs it. */
export interface CostResult {
  node: string;
  mode: string;
  requestsPerSecond: number;
  /** Median over the rounds, against nothing in the same round. */
  ratio: number;
  spread: number;
  /** Processor time that an idle program uses in a minute. */
  idleMs: number;
}

export interface CostOptions {
  rounds: number;
  idleSeconds: number;
}

const MINUTE_S = 60;
const STARTED_MS = 2_000;
const SITE_BUDGET = 0.1;
const IDLE = join('..', 'blockingAccuracy', 'programs', 'idle.cjs');

/** Measures with the benchmark's own case, and an idle process of each mode, all at the same time. */
export async function measureCosts(
  node: { version: string; binary: string },
  agent: string,
  peers: readonly Peer[],
  { rounds, idleSeconds }: CostOptions,
): Promise<CostResult[]> {
  const { CASES } = await import('../bench/cases.mjs');
  const { measureRounds } = await import('../runner/rounds.mjs');
  const http = CASES.find(({ name }) => name === 'http');
  if (http === undefined) throw new Error('The benchmark has no case "http" any more');
  const modes = await modesOf(agent, peers);
  const served = await measureRounds(node, http, modes, rounds, { pending: 0, promises: 0 });
  const idle = await Promise.all(modes.map((mode) => idleCpuMs(node.binary, mode, idleSeconds)));
  return served.map(({ mode, median, ratio, spread }, i) => ({
    node: node.version,
    mode,
    requestsPerSecond: median,
    ratio,
    spread,
    idleMs: idle[i] ?? NaN,
  }));
}

async function modesOf(agent: string, peers: readonly Peer[]): Promise<Mode[]> {
  const { Host } = await import('../bench/host.mjs');
  const watched = (name: string, thresholdMs: number): Mode => ({
    name,
    what: '',
    preload: agent,
    attach: async (inspector) => {
      const host = new Host(inspector);
      await host.begin({ thresholdMs, siteBudget: SITE_BUDGET });
      return host;
    },
  });
  return [
    { name: 'nothing', what: '' },
    watched('tasks alone', 0),
    watched('tasks and blocks', THRESHOLD_MS),
    ...peers.map(({ name, preload, env }) => ({ name, what: '', preload, env })),
  ];
}

async function idleCpuMs(node: string, mode: Mode, seconds: number): Promise<number> {
  const { MeasuredProcess } = await import('../bench/process.mjs');
  const program = await MeasuredProcess.start(node, IDLE, mode);
  try {
    await wait(STARTED_MS);
    const before = (await program.ask({})) as { cpuMs: number };
    await wait(seconds * 1_000);
    const after = (await program.ask({})) as { cpuMs: number };
    return ((after.cpuMs - before.cpuMs) * MINUTE_S) / seconds;
  } finally {
    await program.end();
  }
}
