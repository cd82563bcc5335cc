import { t } from '../base/texts.js';
import { isOwn } from '../model/codeOrigin.js';
import { durationText } from '../model/numbers.js';
import { leftOutTexts, type Row, taskRows, treeText } from '../model/presenter/index.js';
import { timerLeft } from '../model/tasks/taskNames.js';
import { isFunctionTask } from '../model/tasks/taskKinds.js';
import { stillWaiting } from '../model/tasks/stillWaiting.js';
import type { Ending, ProcessSnapshot, Snapshot, Task } from '../protocol/snapshot.js';
import { keepingTree, withBelow, withTasks } from './keepingTree.js';
import { onlyUnreachable } from './unreachableTasks.js';
import { placeText } from './warningText.js';

/** How the program's process ended. */
export interface ProgramEnd {
  /** What killed it. */
  signal: NodeJS.Signals | null;
  /** Its code held the event loop: no handle or timer kept it. */
  wasBlocked?: boolean;
  /** How long before its end the connection was lost; absent: it was there until the end. */
  unseenMs?: number;
  /**
   * Of a tool or a process that the program started only its own words tell how it ended, and only the tasks of people's
   * own code are told of.
   */
  ownTasksOnly?: boolean;
}

/** A sentence for people, and the tree that it leads to. */
export interface Paragraph {
  text: string;
  tree?: string;
}

/** What is to be told of a program that has ended: only what is known of its very end. Files are shown from the folder `cwd`. */
export function endReport(snapshot: Snapshot, end: ProgramEnd, cwd: string): Paragraph[] {
  const [main] = snapshot.processes;
  const unavailable = snapshot.processes.filter(({ state }) => state === 'unavailable');
  const told: Paragraph[] = unavailable.map(({ name, note }) => ({ text: `${name}: ${note}` }));
  if (!main || unavailable.includes(main)) return told;
  const { ending } = main;
  if (end.ownTasksOnly === true) return ending ? tasksLeft(withOwnTasks(snapshot)) : [];
  if (!ending && main.node === '') {
    return [...told, { text: t('The program ended before it could be asked: nothing is known of it.') }];
  }
  if (!ending && end.unseenMs !== undefined) {
    const before = durationText(end.unseenMs);
    return [
      ...told,
      {
        text: t(
          'The connection to the program was lost {0} before its end: what came then is not known.',
          before,
        ),
      },
    ];
  }
  if (!ending && end.signal === null) {
    return [...told, { text: t('The program ended without a last word: what it waited for is not known.') }];
  }
  const left = whatIsLeft(snapshot, main, end);
  const isCalled = ending?.by === 'process.exit';
  // tools end themselves so: that is only told where it matters
  if (isCalled && (left.length > 0 || isOwn(ending.site?.file ?? '')))
    told.push({ text: exitText(ending, cwd) });
  return [...told, ...left];
}

/** The tasks and handles that were there at the end. */
function whatIsLeft(snapshot: Snapshot, main: ProcessSnapshot, end: ProgramEnd): Paragraph[] {
  const { ending } = main;
  const told = tasksLeft(snapshot);
  const wasStopped = ending ? ending.by === 'process.exit' : end.wasBlocked !== true;
  const keeping = wasStopped ? keepingTree(withTasks(main, lastSeen(main)), 'did') : '';
  if (keeping !== '') {
    told.push({
      text: ending ? t('What would have kept it running:') : t('What kept it running:'),
      tree: keeping,
    });
  }
  return told;
}

function tasksLeft(snapshot: Snapshot): Paragraph[] {
  const told: Paragraph[] = [];
  const waiting = tasksOf(snapshot, (process) => stillWaiting(lastSeen(process)));
  if (waiting !== '') told.push({ text: t('At its end the program still waited for:'), tree: waiting });
  const lost = tasksOf(snapshot, (process) => onlyUnreachable(process).tasks);
  if (lost !== '')
    told.push({ text: t('It has lost what these wait for, so they could never go on:'), tree: lost });
  if (waiting !== '' || lost !== '') told.push(...snapshot.processes.flatMap(leftOut));
  return told;
}

/** The functions of people's own code, and what these wait for. */
function withOwnTasks(snapshot: Snapshot): Snapshot {
  const processes = snapshot.processes.map((process) => {
    const byId = new Map(process.tasks.map((task) => [task.id, task]));
    const isOwnFunction = (task: Task): boolean =>
      isFunctionTask(task) && isOwn((task.definedAt ?? task.awaitingAt ?? task.createdAt)?.file ?? '');
    const found = new Set(process.tasks.filter(isOwnFunction));
    // a set goes on to what is added meanwhile
    for (const { awaits } of found) {
      for (const id of awaits) {
        const awaited = byId.get(id);
        if (awaited) found.add(awaited);
      }
    }
    return withTasks(process, [...found]);
  });
  return { ...snapshot, processes };
}

/** Its tasks but for those that are lost. A timer that was due when a program was killed may have run already. */
function lastSeen({ tasks, ending }: ProcessSnapshot): Task[] {
  const seen = tasks.filter((task) => !task.unreachable);
  if (ending) return seen;
  return seen.map((task) => (isDue(task) ? { ...task, state: 'running' } : task));
}

function isDue({ kind, name, detail }: Task): boolean {
  return kind === 'timer' && detail === timerLeft(0) && !name.startsWith('setInterval');
}

function exitText({ site }: Ending, cwd: string): string {
  return site
    ? t('The program called process.exit in {0}.', placeText(site, cwd))
    : t('The program called process.exit.');
}

/** The trees show a part only. */
function leftOut(process: ProcessSnapshot): Paragraph[] {
  return leftOutTexts(process).map((text) => ({ text: `${process.name}: ${text}` }));
}

/** Such tasks of each process, as a tree; empty where there are none. */
function tasksOf(snapshot: Snapshot, such: (process: ProcessSnapshot) => Task[]): string {
  // of a thread that has not said how it ended, only what lived until its process was ended is known
  const isCut = snapshot.processes[0]?.ending?.by !== 'itself';
  const known = snapshot.processes.filter(({ ending }) => isCut || ending !== undefined);
  const processes = known.map((process) => withTasks(process, such(process)));
  const rows = countedRows({ ...snapshot, processes: processes.filter(({ tasks }) => tasks.length > 0) });
  return treeText(rows.filter(({ children }) => children.length > 0));
}

/** Many tasks are only counted, by site. */
function countedRows(snapshot: Snapshot): Row[] {
  const count = snapshot.processes.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const options = { filter: '', internals: false, maxRows: MAX_ROWS, hasNoFilter: true };
  if (count <= MANY_TASKS) return taskRows(snapshot, { ...options, grouping: 'awaits' });
  const rows = taskRows(snapshot, { ...options, grouping: 'site' });
  return rows.map((row) =>
    withBelow(
      row,
      row.children.map((site) => withBelow(site, [])),
    ),
  );
}

const MANY_TASKS = 100;
const MAX_ROWS = 20;
