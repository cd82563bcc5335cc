import type { Task } from '../../protocol/snapshot.js';
import { counted, durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { gatherEqual } from './equalTasks.js';
import type { IndexedTask, RootLevel } from './indexedTask.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { taskIcon } from './taskIcons.js';
import { isEnded, isRequest } from './taskKinds.js';
import { CIRCLE_TEXT, taskDescription, taskLabel, taskSite } from './taskTexts.js';
import { taskTooltip } from './taskTooltip.js';

/** What stands above a row. */
export interface TaskPath {
  tasks: readonly Task[];
  /** One of them is what the filter asks for: all below it is shown. */
  matched: boolean;
  expanded: boolean;
  /** Below a task stands what it waits for, what waits for it, or nothing. */
  direction: 'awaits' | 'awaitedBy' | 'none';
}

export function topPath(path: Partial<TaskPath> = {}): TaskPath {
  return { tasks: [], matched: false, expanded: false, direction: 'awaits', ...path };
}

/** Tasks that nobody waits for: those that go on first, many equal ones as one row, and what has ended last. */
export function rootRows(
  scope: RowScope,
  parentId: string,
  { call, promise, operation, handle, plumbing, ended }: RootLevels,
  path: TaskPath,
): Row[] {
  const live = [call, promise, operation, handle, plumbing].flat();
  ended.sort((a, b) => (a.task.endedAgoMs ?? 0) - (b.task.endedAgoMs ?? 0));
  // Below a request they are many and of little news.
  const few = path.tasks.length > 0 ? 0 : FEW_ENDED;
  if (ended.length <= few) return siblingRows(scope, parentId, [...live, ...ended], path);
  const rows = siblingRows(scope, parentId, live, path);
  rows.push(endedRow(scope, parentId, ended, path));
  return rows;
}

export type RootLevels = Record<RootLevel, IndexedTask[]>;

/** Async functions and requests, promises, operations, what is merely the result of a `then`, handles, what has ended. */
export function rootLevels(tasks: readonly IndexedTask[]): RootLevels {
  const levels: RootLevels = { call: [], promise: [], operation: [], plumbing: [], handle: [], ended: [] };
  for (const task of tasks) levels[task.level].push(task);
  return levels;
}

/** A task and below it what it waits for. Ids are paths, because a task may stand below several others. */
export function taskRow(scope: RowScope, parentId: string, task: Task, path: TaskPath): Row {
  const id = `${parentId}/${localId(scope.session, task)}`;
  const inCircle = path.tasks.some(({ id: above }) => above === task.id);
  const process = scope.links.of(task);
  return lazyRow(
    {
      id,
      label: taskLabel(task),
      ...taskIcon(task),
      expanded: path.expanded,
      ...sitesOf(task, process ? 'task link' : 'task'),
      session: scope.session,
      task: task.id,
      ...(process && { link: process.session }),
    },
    {
      description: () => (inCircle ? 'the same as above' : taskDescription(task, scope)),
      tooltip: () => taskTooltip(task, scope),
      isParent: () => !inCircle && shownBelow(scope, task, pathBelow(scope, task, path)).length > 0,
      children: () => (inCircle ? [] : childRows(scope, id, task, path)),
    },
  );
}

/** Where a click on a task's row leads, and the words for its menu. */
export function sitesOf(task: Task, context: string): Pick<Row, 'context' | 'awaitSite' | 'creationSite'> {
  const awaitSite = isOpenable(task.awaitingAt) ? task.awaitingAt : undefined;
  const creationSite = [task.createdAt, task.definedAt].find(isOpenable);
  return {
    context: `${context}${awaitSite ? ' awaitSite' : ''}${creationSite ? ' creationSite' : ''}`,
    ...(awaitSite && { awaitSite }),
    ...(creationSite && { creationSite }),
  };
}

function childRows(scope: RowScope, id: string, task: Task, path: TaskPath): Row[] {
  const next = pathBelow(scope, task, path);
  const below = shownBelow(scope, task, next);
  if (isRequest(task) && path.direction === 'awaits') {
    const levels = rootLevels(scope.index.indexedOf(below));
    return rootRows(scope, id, levels, next);
  }
  return levelRows(scope, id, {
    items: below,
    row: (child) => taskRow(scope, id, child, next),
    name: (one) => one.name,
    ...(next.tasks.length >= MAX_DEPTH && { maxRows: 0 }),
  });
}

function pathBelow(scope: RowScope, task: Task, path: TaskPath): TaskPath {
  return { ...path, tasks: [...path.tasks, task], matched: path.matched || scope.filter.matches(task) };
}

function shownBelow(scope: RowScope, task: Task, path: TaskPath): Task[] {
  switch (path.direction) {
    case 'none':
      return [];
    case 'awaitedBy':
      return scope.index.above(task);
    case 'awaits':
      return scope.index
        .below(task)
        .filter((child) => (path.matched && !scope.filter.excludes(child)) || scope.filter.keeps(child));
  }
}

function siblingRows(
  scope: RowScope,
  parentId: string,
  tasks: readonly IndexedTask[],
  path: TaskPath,
): Row[] {
  return levelRows(scope, parentId, {
    items: gatherEqual(tasks),
    row: (equal) => equalRow(scope, parentId, equal, path),
    name: ([one]) => one?.task.name ?? '',
    size: (equal) => equal.length,
  });
}

/** The task, or a row for many that are equal. Their own ids do not tell that they are together: that may change. */
function equalRow(scope: RowScope, parentId: string, equal: readonly IndexedTask[], path: TaskPath): Row {
  const [{ task, look }] = equal as readonly [IndexedTask];
  if (equal.length === 1) return taskRow(scope, parentId, task, path);
  const id = `${parentId}/equal ${plainText(look.key, 1000)}`;
  return lazyRow(
    {
      id,
      label: taskLabel(task),
      icon: 'list-tree',
      ...(task.circle && taskIcon(task)),
      expanded: false,
      ...sitesOf(task, 'group'),
      session: scope.session,
    },
    {
      description: () => equalText(task, equal),
      tooltip: () => `${counted(equal.length, 'task')} of the same function that wait at the same place`,
      isParent: () => true,
      children: () =>
        levelRows(scope, id, {
          items: equal,
          row: (one) => taskRow(scope, parentId, one.task, { ...path, expanded: false }),
          name: (one) => one.task.name,
          maxRows: MAX_EQUAL_ROWS,
        }),
    },
  );
}

/** `×24 · oldest 3.0 s  cart.ts:12` */
function equalText(task: Task, equal: readonly IndexedTask[]): string {
  const oldestMs = equal.reduce((oldest, one) => Math.max(oldest, one.task.ageMs), 0);
  const facts = [
    `×${formatCount(equal.length)}`,
    task.circle ? CIRCLE_TEXT : '',
    isEnded(task) ? task.state : `oldest ${durationText(oldestMs)}`,
  ];
  return [facts.filter(Boolean).join(' · '), shortPlace(taskSite(task))].filter(Boolean).join('  ');
}

function endedRow(scope: RowScope, parentId: string, ended: readonly IndexedTask[], path: TaskPath): Row {
  const id = `${parentId}/ended`;
  const rejected = ended.filter(({ task }) => task.state === 'rejected').length;
  const text = `${counted(ended.length, 'task')}${rejected > 0 ? ` · ${formatCount(rejected)} rejected` : ''}`;
  return lazyRow(
    {
      id,
      label: 'Ended',
      icon: 'history',
      color: 'muted',
      expanded: false,
      context: 'group',
      session: scope.session,
    },
    {
      description: () => text,
      tooltip: () => 'What has ended stays here for a while, with its result or error.',
      isParent: () => true,
      children: () => siblingRows(scope, id, ended, { ...path, expanded: false }),
    },
  );
}

function localId(session: string, task: Task): string {
  return task.id.startsWith(`${session}:`) ? task.id.slice(session.length + 1) : task.id;
}

/** A longer chain is cut: nobody opens it, and its row ids would grow without bound. */
const MAX_DEPTH = 40;
/** More tasks that have ended are put together. */
const FEW_ENDED = 5;
const MAX_EQUAL_ROWS = 100;
