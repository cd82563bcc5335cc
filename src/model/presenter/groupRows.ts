import { t } from '../../base/texts.js';
import type { Task } from '../../protocol/snapshot.js';
import { durationText, formatCount } from '../numbers.js';
import { plainText, together } from '../plainText.js';
import { type GroupedTasks, groupSite, type TaskGroup } from '../taskIndex/groupedTasks.js';
import type { TasksByAge } from '../taskIndex/tasksByAge.js';
import { ageAt } from '../tasks/taskAge.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { taskRow, topPath } from './taskRow.js';
import { taskLabel, taskSite, typeLabel } from './taskTexts.js';

/** A row for each group, the most numerous first. */
export function groupRows(
  scope: RowScope,
  parentId: string,
  by: 'site' | 'type',
  tasks: GroupedTasks,
): Row[] {
  return levelRows(scope, parentId, {
    items: tasks.largestFirst,
    tasks: tasks.size,
    row: (group) => groupRow(scope, `${parentId}/${by} ${plainText(group.key, 1000)}`, by, group),
    name: (group) => groupName(by, group),
    size: ({ size }) => size,
  });
}

/** All in one level. */
export function rowsByAge(scope: RowScope, parentId: string, tasks: TasksByAge): Row[] {
  return levelRows(scope, parentId, {
    items: tasks,
    tasks: tasks.size,
    row: ({ task }) => taskRow(scope, parentId, task, topPath({ direction: 'none' })),
    name: ({ task }) => task.name,
    names: tasks.names,
  });
}

function groupRow(scope: RowScope, id: string, by: 'site' | 'type', group: TaskGroup): Row {
  const site = by === 'site' ? groupSite(group.first) : undefined;
  return lazyRow(
    {
      id,
      label: plainText(groupName(by, group)) || '<anonymous>',
      icon: 'list-tree',
      expanded: false,
      ...(isOpenable(site) ? { context: 'group creationSite', creationSite: site } : { context: 'group' }),
      session: scope.session,
    },
    {
      description: () =>
        [groupText(group, scope.atMs), shortPlace(site)].filter((part) => part !== '').join('  '),
      tooltip: () =>
        firstOf(group, 5)
          .map((task) => tooltipLine(task, scope.atMs))
          .join('\n'),
      isParent: () => true,
      children: () =>
        levelRows(scope, id, {
          items: group,
          tasks: group.size,
          row: (task) => taskRow(scope, id, task, topPath({ matched: true })),
          name: (one) => one.name,
        }),
    },
  );
}

function groupName(by: 'site' | 'type', { first }: TaskGroup): string {
  return by === 'type' ? typeLabel(first) : first.name;
}

/** `×24 · oldest 3.0 s · 2 ended` */
function groupText(group: TaskGroup, atMs: number | undefined): string {
  const { liveCount, endedCount } = group;
  return together([
    liveCount > 0 ? t('×{0} · oldest {1}', formatCount(liveCount), durationText(group.oldestMs(atMs))) : '',
    endedCount > 0 ? t('{0} ended', formatCount(endedCount)) : '',
  ]);
}

function firstOf(tasks: Iterable<Task>, most: number): Task[] {
  const first: Task[] = [];
  for (const task of tasks) if (first.push(task) >= most) break;
  return first;
}

function tooltipLine(task: Task, atMs: number | undefined): string {
  const place = shortPlace(taskSite(task));
  const age = t('{0} old', durationText(ageAt(task, atMs)));
  return [taskLabel(task), age, place].filter((part) => part !== '').join(', ');
}
