import type { Site, Task } from '../../protocol/snapshot.js';
import { durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { type GroupedTasks, groupSite, type TaskGroup } from './groupedTasks.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { taskRow, topPath } from './taskRow.js';
import type { TasksByAge } from './tasksByAge.js';
import { taskLabel, taskSite } from './taskTexts.js';

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
    row: (group) => {
      const site = by === 'site' && group.first ? groupSite(group.first) : undefined;
      return groupRow(scope, `${parentId}/${by} ${plainText(group.key, 1000)}`, group, site);
    },
    name: ({ label }) => label,
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

/** `site`: where a click leads, if it can be opened. */
function groupRow(scope: RowScope, id: string, group: TaskGroup, site: Site | undefined): Row {
  return lazyRow(
    {
      id,
      label: plainText(group.label) || '<anonymous>',
      icon: 'list-tree',
      expanded: false,
      ...(isOpenable(site) ? { context: 'group creationSite', creationSite: site } : { context: 'group' }),
      session: scope.session,
    },
    {
      description: () => [groupText(group), shortPlace(site)].filter((part) => part !== '').join('  '),
      tooltip: () => firstOf(group, 5).map(tooltipLine).join('\n'),
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

/** `×24 · oldest 3.0 s · 2 ended` */
function groupText({ liveCount, endedCount, oldestMs }: TaskGroup): string {
  const facts = [
    liveCount > 0 ? `×${formatCount(liveCount)} · oldest ${durationText(oldestMs)}` : '',
    endedCount > 0 ? `${formatCount(endedCount)} ended` : '',
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function firstOf(tasks: Iterable<Task>, most: number): Task[] {
  const first: Task[] = [];
  for (const task of tasks) if (first.push(task) >= most) break;
  return first;
}

function tooltipLine(task: Task): string {
  const place = shortPlace(taskSite(task));
  return `${taskLabel(task)}, ${durationText(task.ageMs)} old${place ? `, ${place}` : ''}`;
}
