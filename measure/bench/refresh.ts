// What one refresh takes in the host while many tasks are pending in the program: reading and applying a poll, taking a
// snapshot, and making the status bar's text and the rows that VS Code asks for. Its agent is made up, so that nothing
// but the host is measured.
import { performance } from 'node:perf_hooks';
import { Debuggee } from '../../src/model/debuggee.js';
import { statusText, taskRows } from '../../src/model/presenter/index.js';
import { WireDecoder } from '../../src/model/wire/wireDecoder.js';
import type { Snapshot } from '../../src/protocol/snapshot.js';
import type { Poll, WireEntry } from '../../src/protocol/wire.js';
import { entry, hello, plainSites, promise, sentPoll, site } from '../../test/support/wire.js';
import { drawRows, VIEW_OPTIONS } from './drawRows.js';

interface Question {
  pending: number;
  changes: number;
}

/** Milliseconds of one refresh. */
interface Refresh {
  applyMs: number;
  snapshotMs: number;
  rowsMs: number;
}

const MAX_ENTRIES = 2_000;
const SITES = 100;
const WARM_UP = 5;
const MEASURED = 15;

/** Every second entry is a call, which awaits the promise after it. */
function pair(id: number): WireEntry[] {
  const place = 1 + ((id >> 1) % (SITES - 1));
  const call = { site: place, call: place, await: place };
  return [
    entry(id, `load${place}`, { ...call, waits: [id + 1] }),
    promise(id + 1, 'new', { site: place, by: id }),
  ];
}

function measure({ pending, changes }: Question): Refresh {
  const debuggee = new Debuggee({ session: 's1', name: 'shop' }, plainSites);
  const decoder = new WireDecoder();
  debuggee.hello(decoder.hello(JSON.stringify(hello())), 0);
  let seq = 0;
  const written = (over: Partial<Poll>): string =>
    JSON.stringify(sentPoll({ seq: ++seq, nowMs: seq * 100, ...over }));
  const poll = (text: string): void => debuggee.apply(decoder.poll(text), seq * 100);
  const scripts = ['', 'file:///app/load.js'];
  const sites = Array.from({ length: SITES }, (_, line) => site(line + 1, `load${line}`, 1));
  poll(written({ scripts, sites }));
  let oldest = 1;
  let next = 1;
  const born = (count: number): WireEntry[] => {
    const entries: WireEntry[] = [];
    for (; entries.length < count; next += 2) entries.push(...pair(next));
    return entries;
  };
  while (next < pending) poll(written({ entries: born(Math.min(MAX_ENTRIES, pending - next + 1)) }));
  const refreshes: Refresh[] = [];
  for (let round = 0; round < WARM_UP + MEASURED; round++) {
    const half = changes / 2;
    const ended = Array.from({ length: half }, (_, index) => oldest + index);
    oldest += half;
    const text = written({ entries: born(half), ended });
    const beganMs = performance.now();
    poll(text);
    const appliedMs = performance.now();
    const process = debuggee.snapshot(appliedMs);
    const takenMs = performance.now();
    const snapshot: Snapshot = { version: 1, takenAt: '', processes: [process] };
    statusText(snapshot);
    drawRows(taskRows(snapshot, VIEW_OPTIONS));
    const shownMs = performance.now();
    refreshes.push({
      applyMs: appliedMs - beganMs,
      snapshotMs: takenMs - appliedMs,
      rowsMs: shownMs - takenMs,
    });
  }
  const measured = refreshes.slice(WARM_UP);
  const median = (key: keyof Refresh): number =>
    measured.map((each) => each[key]).sort((a, b) => a - b)[MEASURED >> 1] ?? Number.NaN;
  return { applyMs: median('applyMs'), snapshotMs: median('snapshotMs'), rowsMs: median('rowsMs') };
}

process.once('message', (question: Question) => {
  process.send?.(measure(question), () => process.exit());
});
process.send?.('started');
