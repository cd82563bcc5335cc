import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROGRAMS } from './folders.js';
import { Program, type Way } from './program.js';
import type { Plan } from './selection.js';
import { parseStack } from './stackText.js';
import type { Reported, Truth } from './truth.js';
import { READ_MS, Watcher } from './watcher.js';

/** What has not been reported by then is not. */
const LAST_MS = 6_000;
const MAIN = join(PROGRAMS, 'main.cjs');
export const THRESHOLD_MS = 100;

/** What a program knows of its blocks, and what was reported of them. */
export interface Observation {
  truths: Truth[];
  reported: Reported[];
}

interface Outcome {
  truths: [Truth, ...Truth[]];
  /** Of a peer in the program itself. */
  reports: { startMs: number; endMs?: number; durationMs: number; stack: string[] }[];
}

/** Runs a plan while this product watches. */
export async function observe(plan: Plan, way: Way): Promise<Observation> {
  const program = new Program(MAIN, [JSON.stringify(plan)], { ...way, nodeArgs: ['--inspect=127.0.0.1:0'] });
  const watchers: Watcher[] = [];
  try {
    await program.next('ready');
    const processes = await program.inspected(plan.place === 'cluster child' ? 2 : 1);
    for (const url of processes) {
      const watcher = await Watcher.connect(url, THRESHOLD_MS);
      watchers.push(watcher);
      await watcher.watches(plan.place === 'worker' ? 2 : 1);
    }
    program.begin();
    const { truths } = await program.next<Outcome>('truths');
    const reported = await allOf(watchers, truths);
    return { truths: truths.map((truth) => ({ ...truth, place: plan.place })), reported };
  } finally {
    for (const watcher of watchers) watcher.dispose();
    await program.end();
  }
}

/** Runs a plan with a peer in the program, which tells by itself what it saw. */
export async function observePeer(plan: Plan, way: Way): Promise<Observation> {
  const program = new Program(MAIN, [JSON.stringify(plan)], way);
  try {
    await program.next('ready');
    program.begin();
    const { truths, reports } = await program.next<Outcome>('truths');
    const [{ pid, threadId }] = truths;
    return {
      truths: truths.map((truth) => ({ ...truth, place: plan.place })),
      reported: reports.map(({ stack, ...report }) => ({
        ...report,
        pid,
        threadId,
        stack: parseStack(stack),
      })),
    };
  } finally {
    await program.end();
  }
}

/** What is reported when every block that must be is, or it is too late for that. */
async function allOf(watchers: readonly Watcher[], truths: readonly Truth[]): Promise<Reported[]> {
  const expected = truths.filter(({ durationMs }) => durationMs >= THRESHOLD_MS).length;
  const untilMs = performance.now() + LAST_MS;
  for (;;) {
    await wait(READ_MS);
    const reported = (await Promise.all(watchers.map((watcher) => watcher.blocks()))).flat();
    if (reported.length >= expected || performance.now() > untilMs) {
      await wait(READ_MS); // for the messages
      return (await Promise.all(watchers.map((watcher) => watcher.blocks()))).flat();
    }
  }
}
