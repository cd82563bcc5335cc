// A host as the extension's: connects to a program and its threads, and makes the rows of the view once a second. Asked
// for it, it tells what that costs and what it knows.
import { setTimeout as wait } from 'node:timers/promises';
import { silentLogger } from '../../src/base/logger.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { InspectedProgram } from '../../src/cli/inspectedProgram.js';
import { taskRows } from '../../src/model/presenter/index.js';
import { systemClock } from '../../src/session/systemClock.js';
import { VIEW_OPTIONS } from '../bench/drawRows.js';

interface Question {
  /** Of the program to connect to. */
  url?: string;
  /** Answer only when so many of its threads are watched. */
  threads?: number;
}

const SETTINGS = { thresholdMs: 100, siteBudget: 0.1 };
const RETENTION_MS = 10_000;
const CONNECT_LIMIT_MS = 5_000;
const THREADS_LIMIT_MS = 30_000;
const VIEW_MS = 1_000;

declare const __VERSION__: string;

let program: InspectedProgram | undefined;

async function connect(url: string): Promise<void> {
  program = new InspectedProgram(
    await connectWebSocket(url, CONNECT_LIMIT_MS),
    {
      session: url,
      name: 'program',
      settings: SETTINGS,
      retentionMs: RETENTION_MS,
      agentVersion: __VERSION__,
    },
    systemClock,
    silentLogger,
  );
  await program.start();
  const shown = program;
  setInterval(() => taskRows(shown.snapshot(), VIEW_OPTIONS), VIEW_MS);
}

async function watches(threads: number): Promise<void> {
  const untilMs = performance.now() + THREADS_LIMIT_MS;
  for (;;) {
    const processes = program?.snapshot().processes ?? [];
    if (processes.filter(({ state }) => state === 'running' || state === 'blocked').length >= threads) return;
    if (performance.now() > untilMs) throw new Error(`not watched: ${JSON.stringify(processes)}`);
    await wait(10);
  }
}

function report(): object {
  const processes = program?.snapshot().processes ?? [];
  const sum = (each: (process: (typeof processes)[number]) => number): number =>
    processes.reduce((total, process) => total + each(process), 0);
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    rss,
    heapUsed,
    cpuMs: (user + system) / 1_000,
    atMs: performance.now(),
    tasks: sum(({ tasks }) => tasks.length),
    records: sum(({ dropped }) => dropped.records),
    sites: sum(({ dropped }) => dropped.sites),
    states: processes.map(({ state }) => state),
  };
}

process.on('message', ({ url, threads }: Question) => {
  const ready = async (): Promise<void> => {
    if (url !== undefined) await connect(url);
    if (threads !== undefined) await watches(threads);
  };
  void ready().then(() => process.send?.(report()));
});
process.once('disconnect', () => process.exit());
process.send?.('started');
