import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Task } from '../../protocol/snapshot.js';
import { counted, durationText, formatCount } from '../numbers.js';
import { plainText, together } from '../plainText.js';
import { EqualTasks } from '../taskIndex/equalTasks.js';
import { CollapsedTasks } from '../taskIndex/collapsedTasks.js';
import type { IndexedTask } from '../taskIndex/indexedTask.js';
import { TopTasks } from '../taskIndex/topTasks.js';
import { endingOf } from '../tasks/taskEnding.js';
import { isEnded, isOrigin } from '../tasks/taskKinds.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { taskIcon } from './taskIcons.js';
import {
  circleWord,
  isPausedIn,
  taskDescription,
  taskFacts,
  taskLabel,
  taskSite,
  unreachableWord,
} from './taskTexts.js';
import { taskTooltip } from './taskTooltip.js';
import { stateText } from './words.js';

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
export function rootRows(scope: RowScope, parentId: string, tops: TopTasks, path: TaskPath): Row[] {
  const rows = siblingRows(scope, parentId, tops.rows, path);
  const ended = tops.endedApart;
  if (ended.length > 0) rows.push(endedRow(scope, parentId, ended, path));
  return rows;
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
      ...(isPausedIn(task, scope.paused) ? PAUSED_ICON : taskIcon(task)),
      expanded: path.expanded,
      ...sitesOf(task, contextOf(task, process !== undefined), scope.paused),
      session: scope.session,
      task: task.id,
      ...(process && { link: process.session }),
    },
    {
      description: () => (inCircle ? t('the same as above') : taskDescription(task, scope)),
      tooltip: () => taskTooltip(task, scope),
      isParent: () => !inCircle && shownBelow(scope, task, pathBelow(scope, task, path)).length > 0,
      children: () => (inCircle ? [] : childRows(scope, id, task, path)),
    },
  );
}

/** Where a click on a task's row leads, and the words for its menu. */
export function sitesOf(
  task: Task,
  context: string,
  paused?: ProcessSnapshot['paused'],
): Pick<Row, 'context' | 'awaitSite' | 'creationSite'> {
  const stands = isPausedIn(task, paused) ? paused?.taskSite : undefined;
  const awaitSite = [stands, task.awaitingAt].find(isOpenable);
  const creationSite = [task.createdAt, task.definedAt].find(isOpenable);
  return {
    context: `${context}${awaitSite ? ' awaitSite' : ''}${creationSite ? ' creationSite' : ''}`,
    ...(awaitSite && { awaitSite }),
    ...(creationSite && { creationSite }),
  };
}

/** `task link killChild`. */
function contextOf(task: Task, isLinked: boolean): string {
  return ['task', isLinked ? 'link' : '', endingOf(task) ?? ''].filter(Boolean).join(' ');
}

function childRows(scope: RowScope, id: string, task: Task, path: TaskPath): Row[] {
  const next = pathBelow(scope, task, path);
  const below = shownBelow(scope, task, next);
  if (isOrigin(task) && path.direction === 'awaits') {
    return rootRows(scope, id, TopTasks.of(scope.index.indexedOf(below), 'request'), next);
  }
  return levelRows(scope, id, {
    items: below,
    tasks: below.length,
    row: (child) => taskRow(scope, id, child, next),
    name: (one) => one.name,
    ...(next.tasks.length >= MAX_DEPTH && { maxRows: 0 }),
  });
}

function pathBelow(scope: RowScope, task: Task, path: TaskPath): TaskPath {
  return {
    ...path,
    tasks: [...path.tasks, task],
    matched: path.matched || scope.search?.matches(task) !== false,
  };
}

function shownBelow(scope: RowScope, task: Task, path: TaskPath): readonly Task[] {
  switch (path.direction) {
    case 'none':
      return [];
    case 'awaitedBy':
      return scope.index.above(task);
    case 'awaits': {
      const { index, search } = scope;
      const below = index.below(task);
      if (!search) return below;
      return below.filter((child) => (path.matched && !search.excludes(child)) || search.keeps(child));
    }
  }
}

/** Equal ones as one row. */
export function siblingRows(
  scope: RowScope,
  parentId: string,
  siblings: CollapsedTasks,
  path: TaskPath,
): Row[] {
  return levelRows(scope, parentId, {
    items: { [Symbol.iterator]: () => equalOnes(scope, siblings) },
    tasks: siblings.size,
    row: (one) =>
      one instanceof EqualTasks
        ? equalRow(scope, parentId, one, path)
        : taskRow(scope, parentId, one.task, path),
    name: (one) => (one instanceof EqualTasks ? one.first : one).task.name,
    size: (one) => (one instanceof EqualTasks ? one.size : 1),
  });
}

/** Few that wait for different things are told one by one. */
function* equalOnes(scope: RowScope, siblings: CollapsedTasks): Generator<IndexedTask | EqualTasks> {
  for (const one of siblings) {
    if (!(one instanceof EqualTasks) || one.size > MANY_EQUAL || haveSameFacts(scope, one)) yield one;
    else yield* one.tasks;
  }
}

function haveSameFacts(scope: RowScope, { first, tasks }: EqualTasks): boolean {
  const facts = taskFacts(first.task, scope);
  for (const { task } of tasks) if (taskFacts(task, scope) !== facts) return false;
  return true;
}

/** A row for tasks that are equal. Their own ids do not tell that they are together: that may change. */
function equalRow(scope: RowScope, parentId: string, equal: EqualTasks, path: TaskPath): Row {
  const { task, look } = equal.first;
  const id = `${parentId}/equal ${plainText(look.key, 1000)}`;
  return lazyRow(
    {
      id,
      label: taskLabel(task),
      icon: 'list-tree',
      ...((task.circle ?? task.unreachable) && taskIcon(task)),
      expanded: false,
      ...sitesOf(task, 'group'),
      session: scope.session,
    },
    {
      description: () => equalText(scope, task, equal),
      tooltip: () => t('{0} of the same function that wait at the same place', counted(equal.size, 'task')),
      isParent: () => true,
      children: () =>
        levelRows(scope, id, {
          items: equal.tasks,
          tasks: equal.size,
          row: (one) => taskRow(scope, parentId, one.task, { ...path, expanded: false }),
          name: (one) => one.task.name,
          maxRows: MAX_EQUAL_ROWS,
        }),
    },
  );
}

function oldestText(equal: EqualTasks, { atMs }: RowScope): string {
  return t('oldest {0}', durationText(equal.oldestMs(atMs)));
}

/** `×24 · oldest 3.0 s  cart.ts:12`, and of few, which are looked at, what they wait for: `×3 · ⟶ acquire · oldest 3.0 s`. */
function equalText(scope: RowScope, task: Task, equal: EqualTasks): string {
  const count = formatCount(equal.size + (task.unreachableMore ?? 0));
  const stuck = task.circle ? circleWord() : task.unreachable ? unreachableWord() : '';
  const facts = [
    `×${count}`,
    equal.size > MANY_EQUAL || isEnded(task) ? stuck : taskFacts(task, scope),
    isEnded(task) ? stateText(task.state) : task.fromHeap ? '' : oldestText(equal, scope),
  ];
  return [together(facts), shortPlace(taskSite(task))].filter(Boolean).join('  ');
}

function endedRow(scope: RowScope, parentId: string, ended: readonly IndexedTask[], path: TaskPath): Row {
  const id = `${parentId}/ended`;
  const rejected = ended.filter(({ task }) => task.state === 'rejected').length;
  const text = together([
    counted(ended.length, 'task'),
    rejected > 0 ? t('{0} rejected', formatCount(rejected)) : '',
  ]);
  return lazyRow(
    {
      id,
      label: t('Ended'),
      icon: 'history',
      color: 'muted',
      expanded: false,
      context: 'group',
      session: scope.session,
    },
    {
      description: () => text,
      tooltip: () => t('What has ended stays here for a while, with its result or error.'),
      isParent: () => true,
      children: () => siblingRows(scope, id, CollapsedTasks.of(ended), { ...path, expanded: false }),
    },
  );
}

function localId(session: string, task: Task): string {
  return task.id.startsWith(`${session}:`) ? task.id.slice(session.length + 1) : task.id;
}

/** What more of them wait for is not looked at. */
const MANY_EQUAL = 20;
/** As the line in the editor where the debugger stands. */
const PAUSED_ICON = { icon: 'debug-stackframe', color: 'paused' } as const;
/** A longer chain is cut: nobody opens it, and its row ids would grow without bound. */
const MAX_DEPTH = 40;
const MAX_EQUAL_ROWS = 100;
