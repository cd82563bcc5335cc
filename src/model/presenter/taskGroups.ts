import type { Task } from '../../protocol/snapshot.js';
import { durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { resourceType } from '../resourceTypes.js';
import { isOpenable, shortPlace } from './places.js';
import type { Row } from './row.js';
import { isOperation } from './taskIndex.js';
import { level, type RowScope, taskRow, topPath } from './taskRow.js';
import { taskLabel, taskSite } from './taskTexts.js';

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

/** All in one level, the oldest first; handles are left out. */
export function byAge(scope: RowScope, parentId: string): Row[] {
  const tasks = scope.index.visible
    .filter((task) => task.kind !== 'handle' && scope.filter.matches(task))
    .sort((a, b) => b.ageMs - a.ageMs);
  return level(scope, parentId, tasks, (task) => taskRow(scope, parentId, task, topPath({ flat: true })));
}

function groups(
  scope: RowScope,
  parentId: string,
  by: 'site' | 'type',
  keyOf: (task: Task) => { key: string; label: string },
): Row[] {
  const found = new Map<string, { label: string; tasks: Task[] }>();
  for (const task of scope.index.visible) {
    if (!scope.filter.matches(task)) continue;
    const { key, label } = keyOf(task);
    const group = found.get(key);
    if (group) group.tasks.push(task);
    else found.set(key, { label, tasks: [task] });
  }
  const sorted = [...found].sort(([, a], [, b]) => b.tasks.length - a.tasks.length);
  return level(scope, parentId, sorted, ([key, { label, tasks }]) => {
    const id = `${parentId}/${by} ${plainText(key, 1000)}`;
    const row = groupRow(scope, id, label, tasks);
    const site = by === 'site' && tasks[0] ? groupSite(tasks[0]) : undefined;
    if (!isOpenable(site)) return row;
    const description = `${row.description}  ${shortPlace(site)}`;
    return { ...row, description, creationSite: site, context: 'group creationSite' };
  });
}

function groupRow(scope: RowScope, id: string, label: string, tasks: readonly Task[]): Row {
  const oldestMs = tasks.reduce((oldest, task) => Math.max(oldest, task.ageMs), 0);
  return {
    id,
    label: plainText(label) || '<anonymous>',
    description: `×${formatCount(tasks.length)} · oldest ${durationText(oldestMs)}`,
    tooltip: tasks.slice(0, 5).map(tooltipLine).join('\n'),
    icon: 'list-tree',
    expanded: false,
    context: 'group',
    session: scope.session,
    children: level(scope, id, tasks, (task) => taskRow(scope, id, task, topPath({ matched: true }))),
  };
}

function tooltipLine(task: Task): string {
  const place = shortPlace(taskSite(task));
  return `${taskLabel(task)}, ${durationText(task.ageMs)} old${place ? `, ${place}` : ''}`;
}

/** What tells tasks of one place: where their code is, or where they were made. */
function groupSite(task: Task): Task['createdAt'] {
  return task.definedAt ?? task.createdAt ?? task.awaitingAt;
}

function typeLabel(task: Task): string {
  if (!isOperation(task)) return task.type;
  return task.type === 'Timeout' ? 'timer' : resourceType(task.type).name;
}
