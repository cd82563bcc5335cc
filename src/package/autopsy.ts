import { isOwn } from '../model/codeOrigin.js';
import { durationText } from '../model/numbers.js';
import { plainText } from '../model/plainText.js';
import { type Row, taskRows, treeText } from '../model/presenter/index.js';
import { isFunctionTask, isTest } from '../model/tasks/taskKinds.js';
import type { ProcessSnapshot, Site, Snapshot, Task } from '../protocol/snapshot.js';
import { fakeTimers } from './fakeTimers.js';
import { ownSnapshot, type SourceMapOf } from './ownThread.js';

export interface AutopsyOptions {
  /** Those of the test, where fake timers may stand. */
  globals?: object;
  sourceMapOf?: SourceMapOf;
  /** Where a place of the compiled code is in its source; `undefined`: that is not known. */
  originalPlace?: (site: Site) => Pick<Site, 'file' | 'line' | 'column'> | undefined;
  /** A hook hangs, whose work is not known to be this test's. */
  isHook?: boolean;
}

/**
 * What a test that hangs waits for, as text for the runner's own output; empty where nothing is known. Never rejects:
 * the test's own failure comes first.
 */
export async function autopsy(title: string, options: AutopsyOptions = {}): Promise<string> {
  const { globals = globalThis, sourceMapOf, originalPlace, isHook = false } = options;
  try {
    const timers = fakeTimers(globals);
    const snapshot = await ownSnapshot(sourceMapOf);
    const placed = originalPlace ? withPlaces(snapshot, originalPlace) : snapshot;
    const paragraphs = autopsyOf(placed, title, isHook);
    if (timers.length > 0) {
      const lines = timers.map((ms) => `  setTimeout ${durationText(ms)}`);
      paragraphs.push(['Fake timers that nobody has advanced:', ...lines].join('\n'));
    }
    return paragraphs.map((paragraph) => `\n\n${paragraph}`).join('');
  } catch {
    return '';
  }
}

/** Of a snapshot that has the test among its tasks. */
export function autopsyOf(snapshot: Snapshot, title: string, isHook: boolean): string[] {
  const [process] = snapshot.processes;
  if (!process) return [];
  const name = `"${plainText(title)}"`;
  // not every runner tells in which suite a test is
  const tests = process.tasks.filter(
    (task) => isTest(task) && ` \u203A ${task.name}`.endsWith(` \u203A ${title}`),
  );
  const test = tests.findLast((task) => task.name === title) ?? (tests.length === 1 ? tests[0] : undefined);
  const begun = test ? tree(process, begunBy(process, test)) : '';
  if (begun !== '') return [`${name} waited for:\n${begun}`];
  if (test && !isHook)
    return [
      `${name} has begun no async work that is pending: it waits for a call, such as that of its "done".`,
    ];
  const others = tree(process, withAwaited(process, process.tasks.filter(isOwnWaiter)));
  return others === '' ? [] : [`What waits in this process:\n${others}`];
}

function withPlaces(
  snapshot: Snapshot,
  originalPlace: NonNullable<AutopsyOptions['originalPlace']>,
): Snapshot {
  const processes = snapshot.processes.map((process) => ({
    ...process,
    tasks: process.tasks.map((task): Task => {
      // the age is no property of its own
      const copy: Task = { ...task, ageMs: task.ageMs };
      for (const key of PLACES) {
        const site = copy[key];
        if (!site || !isOwn(site.file)) continue;
        const original = originalPlace(site);
        if (original) copy[key] = { ...site, ...original };
        else Reflect.deleteProperty(copy, key);
      }
      return copy;
    }),
  }));
  return { ...snapshot, processes };
}

/** What came from the test, directly or through others, and what that waits for. */
function begunBy(process: ProcessSnapshot, test: Task): Task[] {
  const byId = new Map(process.tasks.map((task) => [task.id, task]));
  const isBegun = (task: Task): boolean => {
    const seen = new Set<Task>();
    for (let next: Task | undefined = task; next && !seen.has(next); next = byId.get(next.createdBy ?? '')) {
      if (next === test) return task !== test;
      seen.add(next);
    }
    return false;
  };
  return withAwaited(
    process,
    process.tasks.filter((task) => isBegun(task) && task.endedAgoMs === undefined),
  );
}

function withAwaited({ tasks }: ProcessSnapshot, found: readonly Task[]): Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const all = new Set(found);
  // a set goes on to what is added meanwhile
  for (const { awaits } of all) {
    for (const id of awaits) {
      const awaited = byId.get(id);
      if (awaited) all.add(awaited);
    }
  }
  return [...all];
}

function isOwnWaiter(task: Task): boolean {
  return (
    isFunctionTask(task) &&
    task.state === 'awaiting' &&
    isOwn((task.definedAt ?? task.awaitingAt)?.file ?? '')
  );
}

/** Without the row of the process. */
function tree(process: ProcessSnapshot, tasks: readonly Task[]): string {
  const ids = new Set(tasks.map(({ id }) => id));
  const alone = tasks.map((task): Task => {
    const { createdBy, ...rest } = task;
    return createdBy !== undefined && ids.has(createdBy) ? task : rest;
  });
  const snapshot: Snapshot = { version: 1, takenAt: '', processes: [{ ...process, tasks: alone }] };
  const options = {
    filter: '',
    internals: false,
    maxRows: MAX_ROWS,
    hasNoFilter: true,
    grouping: 'awaits',
  } as const;
  const rows: Row[] = taskRows(snapshot, options).flatMap(({ children }) => [...children]);
  if (rows.length === 0) return '';
  return treeText(rows)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

const PLACES = ['createdAt', 'awaitingAt', 'definedAt'] as const;
const MAX_ROWS = 20;
