import type { Task } from '../../protocol/snapshot.js';
import { counted, durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { equalKey, gatherEqual } from './equalTasks.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { taskIcon } from './taskIcons.js';
import { isEnded, isFunctionTask, isOperation, isPlumbing, isRequest } from './taskKinds.js';
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
export function rootRows(scope: RowScope, parentId: string, tasks: readonly Task[], path: TaskPath): Row[] {
  const live = tasks.filter((task) => !isEnded(task)).sort((a, b) => rank(a) - rank(b));
  const ended = tasks.filter(isEnded).sort((a, b) => (a.endedAgoMs ?? 0) - (b.endedAgoMs ?? 0));
  // Below a request they are many and of little news.
  const few = path.tasks.length > 0 ? 0 : FEW_ENDED;
  if (ended.length <= few) return siblingRows(scope, parentId, [...live, ...ended], path);
  const rows = siblingRows(scope, parentId, live, path);
  rows.push(endedRow(scope, parentId, ended, path));
  return rows;
}

/** A task and below it what it waits for. Ids are paths, because a task may stand below several others. */
export function taskRow(scope: RowScope, parentId: string, task: Task, path: TaskPath): Row {
  const id = `${parentId}/${localId(scope.session, task)}`;
  const inCircle = path.tasks.includes(task);
  const row: Row = {
    id,
    label: taskLabel(task),
    description: inCircle ? 'the same as above' : taskDescription(task, scope),
    tooltip: taskTooltip(task, scope),
    ...taskIcon(task),
    expanded: path.expanded,
    context: 'task',
    session: scope.session,
    task: task.id,
    children: inCircle ? [] : childRows(scope, id, task, path),
  };
  const process = scope.links.of(task);
  if (process) {
    row.link = process.session;
    row.context += ' link';
  }
  return withSites(row, task);
}

/** Where a click on a task's row leads. */
export function withSites(row: Row, task: Task): Row {
  const sited = { ...row };
  if (isOpenable(task.awaitingAt)) {
    sited.awaitSite = task.awaitingAt;
    sited.context += ' awaitSite';
  }
  const creationSite = [task.createdAt, task.definedAt].find(isOpenable);
  if (creationSite) {
    sited.creationSite = creationSite;
    sited.context += ' creationSite';
  }
  return sited;
}

function childRows(scope: RowScope, id: string, task: Task, path: TaskPath): Row[] {
  const tasks = [...path.tasks, task];
  const next = { ...path, tasks, matched: path.matched || scope.filter.matches(task) };
  const below = shownBelow(scope, task, next);
  if (isRequest(task) && path.direction === 'awaits') return rootRows(scope, id, below, next);
  return levelRows(scope, id, {
    items: below,
    row: (child) => taskRow(scope, id, child, next),
    name: (one) => one.name,
    ...(tasks.length >= MAX_DEPTH && { maxRows: 0 }),
  });
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

function siblingRows(scope: RowScope, parentId: string, tasks: readonly Task[], path: TaskPath): Row[] {
  return levelRows(scope, parentId, {
    items: gatherEqual(tasks),
    row: (equal) => equalRow(scope, parentId, equal, path),
    name: ([task]) => task?.name ?? '',
    size: (equal) => equal.length,
  });
}

/** The task, or a row for many that are equal. Their own ids do not tell that they are together: that may change. */
function equalRow(scope: RowScope, parentId: string, equal: readonly Task[], path: TaskPath): Row {
  const [task, ...others] = equal as readonly [Task, ...Task[]];
  if (others.length === 0) return taskRow(scope, parentId, task, path);
  const oldestMs = equal.reduce((oldest, one) => Math.max(oldest, one.ageMs), 0);
  const facts = [
    `×${formatCount(equal.length)}`,
    task.circle ? CIRCLE_TEXT : '',
    isEnded(task) ? task.state : `oldest ${durationText(oldestMs)}`,
  ];
  const row: Row = {
    id: `${parentId}/equal ${plainText(equalKey(task), 1000)}`,
    label: taskLabel(task),
    description: [facts.filter(Boolean).join(' · '), shortPlace(taskSite(task))].filter(Boolean).join('  '),
    tooltip: `${counted(equal.length, 'task')} of the same function that wait at the same place`,
    icon: 'list-tree',
    ...(task.circle && taskIcon(task)),
    expanded: false,
    context: 'group',
    session: scope.session,
    children: levelRows(scope, `${parentId}/equal ${plainText(equalKey(task), 1000)}`, {
      items: equal,
      row: (one) => taskRow(scope, parentId, one, { ...path, expanded: false }),
      name: (one) => one.name,
      maxRows: MAX_EQUAL_ROWS,
    }),
  };
  return withSites(row, task);
}

function endedRow(scope: RowScope, parentId: string, ended: readonly Task[], path: TaskPath): Row {
  const id = `${parentId}/ended`;
  const rejected = ended.filter((task) => task.state === 'rejected').length;
  return {
    id,
    label: 'Ended',
    description: `${counted(ended.length, 'task')}${rejected > 0 ? ` · ${formatCount(rejected)} rejected` : ''}`,
    tooltip: 'What has ended stays here for a while, with its result or error.',
    icon: 'history',
    color: 'muted',
    expanded: false,
    context: 'group',
    session: scope.session,
    children: siblingRows(scope, id, ended, { ...path, expanded: false }),
  };
}

/** Async functions and requests first, then promises, then operations, then what is merely the result of a `then`. */
function rank(task: Task): number {
  if (isFunctionTask(task) || isRequest(task)) return 0;
  if (isPlumbing(task)) return 3;
  return isOperation(task) ? 2 : 1;
}

function localId(session: string, task: Task): string {
  return task.id.startsWith(`${session}:`) ? task.id.slice(session.length + 1) : task.id;
}

/** A longer chain is cut: nobody opens it, and its row ids would grow without bound. */
const MAX_DEPTH = 40;
/** More tasks that have ended are put together. */
const FEW_ENDED = 5;
const MAX_EQUAL_ROWS = 100;
