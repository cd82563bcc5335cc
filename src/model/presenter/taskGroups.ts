import type { Site, Task } from '../../protocol/snapshot.js';
import { durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { lazyRow } from './lazyRow.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { isEnded } from './taskKinds.js';
import { taskRow, topPath } from './taskRow.js';
import { taskLabel, taskSite, typeLabel } from './taskTexts.js';

/** Tasks of the same function or of the same place, the most numerous first. */
export function bySite(scope: RowScope, parentId: string): Row[] {
  return groups(scope, parentId, 'site', (task) => {
    const site = groupSite(task);
    const place = site ? `${site.file}:${site.line}:${site.column}` : '';
    return { key: `${task.name} ${place}`, label: task.name };
  });
}

/** Tasks of the same type, the most numerous first. */
export function byType(scope: RowScope, parentId: string): Row[] {
  return groups(scope, parentId, 'type', (task) => ({ key: task.type, label: typeLabel(task) }));
}

/** All in one level, the oldest first and what has ended last; handles are left out. */
export function byAge(scope: RowScope, parentId: string): Row[] {
  const tasks = [...scope.index.visible()]
    .filter((task) => task.kind !== 'handle' && scope.filter.matches(task))
    .sort((a, b) => Number(isEnded(a)) - Number(isEnded(b)) || b.ageMs - a.ageMs);
  return levelRows(scope, parentId, {
    items: tasks,
    tasks: tasks.length,
    row: (task) => taskRow(scope, parentId, task, topPath({ direction: 'none' })),
    name: (one) => one.name,
  });
}

/** Tasks that stand together; what has ended is counted apart. */
interface TaskGroup {
  key: string;
  label: string;
  live: Task[];
  ended: Task[];
}

function groups(
  scope: RowScope,
  parentId: string,
  by: 'site' | 'type',
  keyOf: (task: Task) => { key: string; label: string },
): Row[] {
  const found = new Map<string, TaskGroup>();
  let tasks = 0;
  for (const task of scope.index.visible()) {
    if (!scope.filter.matches(task)) continue;
    tasks++;
    const { key, label } = keyOf(task);
    const group = found.get(key) ?? { key, label, live: [], ended: [] };
    found.set(key, group);
    (isEnded(task) ? group.ended : group.live).push(task);
  }
  return levelRows(scope, parentId, {
    items: [...found.values()].sort((a, b) => b.live.length - a.live.length),
    tasks,
    row: (group) => {
      const [first] = tasksOf(group);
      const site = by === 'site' && first ? groupSite(first) : undefined;
      return groupRow(scope, `${parentId}/${by} ${plainText(group.key, 1000)}`, group, site);
    },
    name: ({ label }) => label,
    size: ({ live, ended }) => live.length + ended.length,
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
      tooltip: () => tasksOf(group).slice(0, 5).map(tooltipLine).join('\n'),
      isParent: () => true,
      children: () =>
        levelRows(scope, id, {
          items: tasksOf(group),
          tasks: group.live.length + group.ended.length,
          row: (task) => taskRow(scope, id, task, topPath({ matched: true })),
          name: (one) => one.name,
        }),
    },
  );
}

/** `×24 · oldest 3.0 s · 2 ended` */
function groupText({ live, ended }: TaskGroup): string {
  const oldestMs = live.reduce((oldest, task) => Math.max(oldest, task.ageMs), 0);
  const facts = [
    live.length > 0 ? `×${formatCount(live.length)} · oldest ${durationText(oldestMs)}` : '',
    ended.length > 0 ? `${formatCount(ended.length)} ended` : '',
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function tasksOf({ live, ended }: TaskGroup): readonly Task[] {
  return ended.length === 0 ? live : [...live, ...ended];
}

function tooltipLine(task: Task): string {
  const place = shortPlace(taskSite(task));
  return `${taskLabel(task)}, ${durationText(task.ageMs)} old${place ? `, ${place}` : ''}`;
}

/** What tells tasks of one place: where their code is, or where they were made. */
function groupSite(task: Task): Site | undefined {
  return task.definedAt ?? task.createdAt ?? task.awaitingAt;
}
