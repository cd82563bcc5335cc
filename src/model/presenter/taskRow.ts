import type { Task } from '../../protocol/snapshot.js';
import { counted, formatCount } from '../numbers.js';
import { isOpenable } from './places.js';
import type { Row, TaskRowOptions } from './row.js';
import type { TaskFilter } from './taskFilter.js';
import { taskIcon } from './taskIcons.js';
import type { TaskIndex } from './taskIndex.js';
import { taskDescription, taskLabel, taskTooltip } from './taskTexts.js';

/** What the rows of one process are made from. */
export interface RowScope {
  session: string;
  index: TaskIndex;
  options: TaskRowOptions;
  filter: TaskFilter;
  /** Rows that may still be made; shared by all processes. */
  budget: { left: number };
}

/** Rows of one level: those that fit, and one that tells how many more there are. */
export function level<T>(
  scope: RowScope,
  parentId: string,
  items: readonly T[],
  row: (item: T) => Row,
): Row[] {
  const fits = Math.max(0, Math.min(items.length, scope.options.maxRows, scope.budget.left));
  scope.budget.left -= fits;
  const rows = items.slice(0, fits).map(row);
  if (fits < items.length) rows.push(moreRow(scope, parentId, items.length - fits));
  return rows;
}

/** A task and below it what it waits for. Ids are paths, because a task may stand below several others. */
export function taskRow(scope: RowScope, parentId: string, task: Task, path: TaskPath): Row {
  const id = `${parentId}/${localId(scope.session, task)}`;
  const inCircle = path.tasks.includes(task);
  const below = inCircle ? [] : path.flat ? [] : shownBelow(scope, task, path);
  const tasks = [...path.tasks, task];
  const next = { ...path, tasks, matched: path.matched || scope.filter.matches(task) };
  const tooDeep = tasks.length >= MAX_DEPTH;
  const row: Row = {
    id,
    label: taskLabel(task),
    description: inCircle ? 'waits in a circle' : taskDescription(task, scope.index),
    tooltip: taskTooltip(task, scope.index),
    ...taskIcon(task),
    expanded: path.expanded,
    context: 'task',
    session: scope.session,
    children: tooDeep
      ? below.length > 0
        ? [moreRow(scope, id, below.length)]
        : []
      : level(scope, id, below, (child) => taskRow(scope, id, child, next)),
  };
  if (isOpenable(task.awaitingAt)) {
    row.awaitSite = task.awaitingAt;
    row.context += ' awaitSite';
  }
  const creationSite = [task.createdAt, task.definedAt].find(isOpenable);
  if (creationSite) {
    row.creationSite = creationSite;
    row.context += ' creationSite';
  }
  return row;
}

/** What stands above a row. */
export interface TaskPath {
  tasks: readonly Task[];
  /** One of them is what the filter asks for: all below it is shown. */
  matched: boolean;
  expanded: boolean;
  /** Nothing is shown below. */
  flat: boolean;
}

export function topPath(path: Partial<TaskPath> = {}): TaskPath {
  return { tasks: [], matched: false, expanded: false, flat: false, ...path };
}

function shownBelow(scope: RowScope, task: Task, path: TaskPath): Task[] {
  const below = scope.index.below(task);
  if (path.matched || scope.filter.matches(task)) return below;
  return below.filter((child) => scope.filter.keeps(child));
}

function moreRow(scope: RowScope, parentId: string, count: number): Row {
  return {
    id: `${parentId}/more`,
    label: `${formatCount(count)} more: use the filter`,
    description: '',
    tooltip: `${counted(count, 'row')} that are not shown. Filter by text to find them.`,
    icon: 'ellipsis',
    color: 'muted',
    expanded: false,
    context: 'more',
    session: scope.session,
    children: [],
  };
}

function localId(session: string, task: Task): string {
  return task.id.startsWith(`${session}:`) ? task.id.slice(session.length + 1) : task.id;
}

/** A longer chain is cut: nobody opens it, and its row ids would grow without bound. */
const MAX_DEPTH = 40;
