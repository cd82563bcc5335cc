import type { Task } from '../../protocol/snapshot.js';
import { counted } from '../numbers.js';
import type { Row } from './row.js';
import { isFunctionTask, isOperation, isPlumbing } from './taskIndex.js';
import { level, type RowScope, taskRow, topPath } from './taskRow.js';

/** What nobody waits for, with what it waits for below it; handles are gathered at the end. */
export function awaitTree(scope: RowScope, parentId: string): Row[] {
  const roots = scope.index.roots.filter((task) => scope.filter.keeps(task));
  const tasks = roots.filter((task) => task.kind !== 'handle').sort((a, b) => rank(a) - rank(b));
  const handles = roots.filter((task) => task.kind === 'handle');
  const expanded = scope.filter.active || tasks.filter(isFunctionTask).length <= MAX_EXPANDED;
  const rows = level(scope, parentId, tasks, (task) => taskRow(scope, parentId, task, topPath({ expanded })));
  if (handles.length > 0) rows.push(handlesRow(scope, `${parentId}/handles`, handles));
  return rows;
}

/** Async functions first, then promises, then operations, then what is merely the result of a `then`. */
function rank(task: Task): number {
  if (isFunctionTask(task)) return 0;
  if (isPlumbing(task)) return 3;
  return isOperation(task) ? 2 : 1;
}

function handlesRow(scope: RowScope, id: string, handles: readonly Task[]): Row {
  return {
    id,
    label: 'Handles',
    description: counted(handles.length, 'handle'),
    tooltip: 'Servers, connections, watchers and the like: they keep the process alive.',
    icon: 'plug',
    expanded: scope.filter.active,
    context: 'group',
    session: scope.session,
    children: level(scope, id, handles, (task) => taskRow(scope, id, task, topPath())),
  };
}

/** With more tasks at the top the tree starts out collapsed. */
const MAX_EXPANDED = 30;
