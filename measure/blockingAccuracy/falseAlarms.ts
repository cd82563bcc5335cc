import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import type { TimedWarning } from '../../src/protocol/snapshot.js';
import { DISTURBANCES } from './disturbances.js';
import { PROGRAMS } from './folders.js';
import { THRESHOLD_MS } from './observe.js';
import { Program, type Way } from './program.js';
import { TappedTransport } from './tappedTransport.js';
import { Watcher } from './watcher.js';

/** Of what the server can answer in a second. */
const LOAD = 0.6;
const CAPACITY_SECONDS = 5;
const WARM_UP_MS = 3_000;
const CONNECT_LIMIT_MS = 2_000;
/** Polls that are still on their way. */
const LATE_MS = 6_000;

/** A busy server that did nothing wrong, and what was said of it. */
export interface AlarmResult {
  minutes: number;
  requestsPerSecond: number;
  answered: number;
  /** How often each happened. */
  disturbed: { name: string; times: number }[];
  alarms: TimedWarning[];
}

interface Second {
  second: { answered: number; failed: number };
}

export async function countFalseAlarms(way: Way, minutes: number, pauseMs: number): Promise<AlarmResult> {
  const server = new Program(join(PROGRAMS, 'healthyServer.cjs'), [], {
    ...way,
    nodeArgs: ['--inspect=127.0.0.1:0'],
  });
  let client: Program | undefined;
  let watcher: Watcher | undefined;
  try {
    const { port } = await server.next<{ port: number }>('port');
    const [inspector = ''] = await server.inspected(1);
    const requestsPerSecond = Math.round(LOAD * (await capacity(inspector, port)));
    client = startClient(port, requestsPerSecond);
    await wait(WARM_UP_MS);
    const transport = new TappedTransport(await connectWebSocket(inspector, CONNECT_LIMIT_MS));
    watcher = await Watcher.over(transport, inspector, THRESHOLD_MS);
    const disturbed = DISTURBANCES.map(({ name }) => ({ name, times: 0 }));
    const untilMs = performance.now() + minutes * 60_000;
    for (let turn = 0; performance.now() < untilMs; turn = (turn + 1) % DISTURBANCES.length) {
      await wait(pauseMs);
      await DISTURBANCES[turn]?.disturb({ child: server.child, inspector, transport });
      const count = disturbed[turn];
      if (count) count.times++;
    }
    await wait(LATE_MS);
    const answered = client.all<Second>('second').reduce((sum, { second }) => sum + second.answered, 0);
    return { minutes, requestsPerSecond, answered, disturbed, alarms: await watcher.warnings() };
  } finally {
    watcher?.dispose();
    await client?.end();
    await server.end();
  }
}

/** Requests a second at most, while it is watched. */
async function capacity(inspector: string, port: number): Promise<number> {
  const { median } = await import('../runner/statistics.mjs');
  const watcher = await Watcher.connect(inspector, THRESHOLD_MS);
  const client = startClient(port, 0);
  try {
    const seconds: number[] = [];
    while (seconds.length < CAPACITY_SECONDS)
      seconds.push((await client.next<Second>('second')).second.answered);
    return median(seconds);
  } finally {
    watcher.dispose();
    await client.end();
  }
}

function startClient(port: number, requestsPerSecond: number): Program {
  return new Program(join(PROGRAMS, 'client.cjs'), [String(port), String(requestsPerSecond)], {
    node: process.execPath,
    preloads: [],
  });
}
