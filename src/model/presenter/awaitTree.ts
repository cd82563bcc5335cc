import type { Task } from '../../protocol/snapshot.js';
import { counted } from '../numbers.js';
import { lazyRow } from './lazyRow.js';
import type { Row } from './row.js';
import { levelRows, type RowScope } from './rowLevel.js';
import { rootLevels, rootRows, taskRow, topPath } from './taskRow.js';

/** What nobody waits for, with what it waits for below it; handles are gathered at the end. */
export function awaitTree(scope: RowScope, parentId: string): Row[] {
  const { index, filter } = scope;
  const tops = rootLevels(filter.active ? index.tops.filter(({ task }) => filter.keeps(task)) : index.tops);
  const expanded = filter.active || tops.call.length <= MAX_EXPANDED;
  const rows = rootRows(scope, parentId, { ...tops, handle: [] }, topPath({ expanded }));
  const handles = tops.handle.map(({ task }) => task);
  if (handles.length > 0) rows.push(handlesRow(scope, `${parentId}/handles`, handles));
  return rows;
}

function handlesRow(scope: RowScope, id: string, handles: readonly Task[]): Row {
  return lazyRow(
    {
      id,
      label: 'Handles',
      icon: 'plug',
      expanded: scope.filter.active,
      context: 'group',
      session: scope.session,
    },
    {
      description: () => counted(handles.length, 'handle'),
      tooltip: () => 'Servers, connections, watchers and the like: they keep the process alive.',
      isParent: () => true,
      children: () =>
        levelRows(scope, id, {
          items: handles,
          row: (task) => taskRow(scope, id, task, topPath()),
          name: (one) => one.name,
        }),
    },
  );
}

/** With more tasks at the top the tree starts out collapsed. */
const MAX_EXPANDED = 30;
