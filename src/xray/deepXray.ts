import type { Clock } from '../base/clock.js';
import type { CdpClient } from '../cdp/client.js';
import { Entries } from './entries/entries.js';
import { type ExpectedCost, expectedCost } from './expectedCost.js';
import { type AwaitPlace, LiveObjects } from './live/liveObjects.js';
import { inspectTask, type Scope } from './live/locals.js';
import { ProgramCalls } from './live/programCalls.js';
import { doesLoopTurn, heldAt, type ProgramFacts, programFacts } from './live/programFacts.js';
import { type SnapshotProgress, takeSnapshot, writeSnapshot } from './live/takeSnapshot.js';
import { Settlers } from './settlers/settlers.js';
import { type ReadTasks, readTasks } from './tasks/readTasks.js';
import type { SuspendedTask } from './tasks/taskGraph.js';

export interface DeepXrayOptions {
  /** Whether a look of this cost is wanted. */
  confirm: (cost: ExpectedCost) => Promise<boolean>;
  onProgress: (progress: XrayProgress) => void;
  /** So many tasks have their variables read. */
  locals?: number;
}

export type XrayProgress =
  | { step: 'asking' | 'collecting' | 'linking' | 'places' | 'variables' }
  | { step: 'snapshot'; snapshot: SnapshotProgress };

/** What a heap has told. */
export interface DeepXray {
  facts: ProgramFacts;
  cost: ExpectedCost;
  read: ReadTasks;
  settlers: Settlers;
  entries: Entries;
  live: LiveObjects;
  /** The loop did not turn: it was held, or the program stands at a breakpoint. */
  isHeld: boolean;
  /** Where it is held. */
  heldAt: AwaitPlace | undefined;
  /** Where tasks are suspended. */
  places: Map<SuspendedTask, AwaitPlace>;
  variables: Map<SuspendedTask, Scope[]>;
  /** For how long the program stood still for the snapshot, and the size of its text. */
  snapshotMs: number;
  characters: number;
  /** Tasks whose await place is not known. */
  unplaced: number;
}

/** Reads the heap of a program that has loaded nothing of ours. `undefined`: it was not wanted. Leaves nothing behind. */
export async function deepXray(
  client: CdpClient,
  clock: Clock,
  options: DeepXrayOptions,
): Promise<DeepXray | undefined> {
  const { onProgress } = options;
  const calls = new ProgramCalls(client, STEP_LIMIT_MS);
  onProgress({ step: 'asking' });
  const facts = await programFacts(calls);
  const cost = expectedCost(facts);
  const isHeld = !(await doesLoopTurn(calls));
  if (!(await options.confirm(cost))) return undefined;
  try {
    onProgress({ step: 'collecting' });
    const live = await LiveObjects.collect(calls);
    const startedMs = clock.nowMs();
    const limitMs = SNAPSHOT_LIMIT_MS + 10 * cost.pauseMs;
    const { heap, characters } = isHeld
      ? await writeSnapshot(calls, limitMs)
      : await takeSnapshot(client, limitMs, (snapshot) => onProgress({ step: 'snapshot', snapshot }));
    const snapshotMs = clock.nowMs() - startedMs;
    onProgress({ step: 'linking' });
    await live.locate(heap);
    await live.describe();
    const read = readTasks(heap);
    const settlers = new Settlers(read, live, isHeld);
    onProgress({ step: 'places' });
    const tasks = [...read.graph.tasks.values()].filter((task) => task.awaits !== undefined);
    const places = isHeld ? new Map<SuspendedTask, AwaitPlace>() : await exactPlaces(read, live, tasks);
    await remainingPlaces({ read, calls, clock }, tasks, places);
    onProgress({ step: 'variables' });
    const variables = await readVariables({ read, calls, clock }, tasks, options.locals ?? 0);
    return {
      facts,
      cost,
      read,
      settlers,
      entries: new Entries(read, live, settlers, places),
      live,
      isHeld,
      heldAt: isHeld ? await heldAt(calls) : undefined,
      places,
      variables,
      snapshotMs,
      characters,
      unplaced: tasks.length - places.size,
    };
  } finally {
    await calls.release();
  }
}

interface Reading {
  read: ReadTasks;
  calls: ProgramCalls;
  clock: Clock;
}

/** Of promises that one function alone awaits V8 tells where that stands. */
async function exactPlaces(
  { graph }: ReadTasks,
  live: LiveObjects,
  tasks: readonly SuspendedTask[],
): Promise<Map<SuspendedTask, AwaitPlace>> {
  const places = new Map<SuspendedTask, AwaitPlace>();
  const alone = tasks.filter(({ awaits, kind }) => {
    return kind !== 'driven' && awaits !== undefined && graph.consumers(awaits).length === 1;
  });
  const found = await live.awaitPlaces(
    alone.map(({ awaits }) => awaits ?? 0),
    PLACES_LIMIT_MS,
  );
  for (const task of alone) {
    const place = found.get(task.awaits ?? 0);
    if (place?.url === task.url) places.set(task, place);
  }
  return places;
}

/** The others are asked for one by one, the program's own first, as many as time allows. */
async function remainingPlaces(
  { read: { heap }, calls, clock }: Reading,
  tasks: readonly SuspendedTask[],
  places: Map<SuspendedTask, AwaitPlace>,
): Promise<void> {
  const untilMs = clock.nowMs() + REMAINING_LIMIT_MS;
  for (const task of ownFirst(tasks.filter((one) => !places.has(one) && one.registers >= 0))) {
    if (clock.nowMs() > untilMs) return;
    try {
      const { place } = await inspectTask(calls, heap.id(task.node), { variables: false });
      if (place) places.set(task, { ...place, url: task.url, function: task.name });
    } catch {
      continue; // it has gone on meanwhile
    }
  }
}

async function readVariables(
  { read: { heap }, calls, clock }: Reading,
  tasks: readonly SuspendedTask[],
  most: number,
): Promise<Map<SuspendedTask, Scope[]>> {
  const variables = new Map<SuspendedTask, Scope[]>();
  const untilMs = clock.nowMs() + VARIABLES_LIMIT_MS;
  for (const task of ownFirst(tasks.filter(({ registers }) => registers >= 0)).slice(0, most)) {
    if (clock.nowMs() > untilMs) break;
    try {
      const { scopes } = await inspectTask(calls, heap.id(task.node), { variables: true, previews: true });
      variables.set(task, scopes);
    } catch {
      continue; // it has gone on meanwhile
    }
  }
  return variables;
}

function ownFirst(tasks: readonly SuspendedTask[]): SuspendedTask[] {
  const isForeign = ({ url }: SuspendedTask): boolean =>
    url === '' || url.startsWith('node:') || /[\\/]node_modules[\\/]/.test(url);
  return [...tasks].sort((a, b) => Number(isForeign(a)) - Number(isForeign(b)));
}

const STEP_LIMIT_MS = 30_000;
const SNAPSHOT_LIMIT_MS = 60_000;
const PLACES_LIMIT_MS = 10_000;
const REMAINING_LIMIT_MS = 3_000;
const VARIABLES_LIMIT_MS = 10_000;
