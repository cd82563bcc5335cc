import { EventKind } from '../../src/protocol/recording.js';
import { EventLog } from '../../src/recording/eventLog.js';
import type { Recording } from '../../src/recording/threadRecording.js';

/** One event as tests write it: what, whose, when, and the rest by name. */
export interface BuiltEvent {
  kind: EventKind;
  id: number;
  atMs: number;
  place?: number;
  value?: number;
  gap?: boolean;
}

export function logOf(events: readonly BuiltEvent[]): EventLog {
  const log = new EventLog();
  for (const { kind, id, atMs, place = 0, value = 0, gap = false } of events)
    log.push(kind, gap ? 1 : 0, place, id, atMs, value);
  return log;
}

/** A recording of one thread whose places are lines of `shop.js`, each in a function of its own. */
export function recordingFrom(events: readonly BuiltEvent[], over: Partial<Recording> = {}): Recording {
  return {
    thread: { session: 's1', name: 'shop.js', pid: 7, threadId: 0, node: 'v24.0.0' },
    log: logOf(events),
    types: ['', 'Timeout', 'TCPCONNECTWRAP'],
    places: [undefined, place(1), place(2), place(3)],
    offsetMs: 1_000,
    lostRows: 0,
    blocks: [],
    names: new Map(),
    outcomes: new Map(),
    ...over,
  };
}

function place(line: number): NonNullable<Recording['places'][number]> {
  return { file: '/app/shop.js', line, column: 1, function: `function${line}` };
}

/** A task that runs for 10 ms, awaits a timer for 50 ms, is ready for 5 of them, runs for 5 ms and settles. */
export const ONE_AWAIT: readonly BuiltEvent[] = [
  { kind: EventKind.Called, id: 5, atMs: 100, place: 1, value: 2 },
  { kind: EventKind.OperationBegan, id: 6, atMs: 109, place: 3, value: 1 },
  { kind: EventKind.SettlesPromise, id: 6, atMs: 109, value: 7 },
  { kind: EventKind.Suspended, id: 5, atMs: 110, place: 3, value: 7 },
  { kind: EventKind.OperationEnded, id: 6, atMs: 155 },
  { kind: EventKind.Resumed, id: 5, atMs: 160, value: 5_000 },
  { kind: EventKind.Settled, id: 5, atMs: 165 },
];
