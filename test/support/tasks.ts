import type { BlockingWarning, ProcessSnapshot, Site, Snapshot, Task } from '../../src/protocol/snapshot.js';

/** An async function that awaits; others are told by `over`. Ids in `awaits` are linked back by `processOf`. */
export function task(id: string, name: string, over: Partial<Task> = {}): Task {
  return {
    id,
    kind: 'asyncFunction',
    type: 'async function',
    name,
    state: 'awaiting',
    awaits: [],
    awaitedBy: [],
    ageMs: 1200,
    busyMs: 0,
    runs: 0,
    ...over,
  };
}

/** A block that has ended; where it was and what else there is to it is told by `over`. */
export function blockingWarning(over: Partial<BlockingWarning> = {}): BlockingWarning {
  return {
    id: '1',
    kind: 'blocking',
    message: 'Blocked the event loop for 430 ms',
    count: 1,
    ongoing: false,
    durationMs: 430,
    maxMs: 430,
    totalMs: 430,
    cause: 'javascript',
    samples: 3,
    ...over,
  };
}

/** `/shop/cart.ts:12` or `/shop/cart.ts:12 cart`. */
export function place(text: string): Site {
  const [, file = '', line, name] = /^(\S+):(\d+)(?: (.*))?$/.exec(text) ?? [];
  return { file, line: Number(line), column: 5, ...(name !== undefined && { function: name }) };
}

export function processOf(tasks: readonly Task[], over: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return {
    session: 's1',
    name: 'shop',
    pid: 123,
    threadId: 0,
    node: 'v22.0.0',
    state: 'running',
    tasks: tasks.map((one) => ({
      ...one,
      awaitedBy: tasks.filter(({ awaits }) => awaits.includes(one.id)).map(({ id }) => id),
    })),
    warnings: [],
    loop: { utilization: 0, lagMs: { p50: 0, p99: 0, max: 0 } },
    dropped: { records: 0, sites: 0 },
    ...over,
  };
}

export function snapshotOf(...processes: ProcessSnapshot[]): Snapshot {
  return { version: 1, takenAt: '2024-01-01T00:00:00.000Z', processes };
}
