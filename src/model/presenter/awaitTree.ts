import { t } from '../../base/texts.js';
import { counted } from '../numbers.js';
import type { CollapsedTasks } from '../taskIndex/collapsedTasks.js';
import type { TopTasks } from '../taskIndex/topTasks.js';
import { lazyRow } from './lazyRow.js';
import type { Row } from './row.js';
import type { RowScope } from './rowLevel.js';
import { rootRows, siblingRows, topPath } from './taskRow.js';

/** What nobody waits for, with what it waits for below it; handles are gathered at the end. */
export function awaitTree(scope: RowScope, parentId: string, tops: TopTasks): Row[] {
  const expanded = scope.search !== undefined || tops.calls <= MAX_EXPANDED;
  const rows = rootRows(scope, parentId, tops, topPath({ expanded }));
  if (tops.handles.size > 0) rows.push(handlesRow(scope, `${parentId}/handles`, tops.handles));
  return rows;
}

function handlesRow(scope: RowScope, id: string, handles: CollapsedTasks): Row {
  return lazyRow(
    {
      id,
      label: t('Handles'),
      icon: 'plug',
      expanded: scope.search !== undefined,
      context: 'group',
      session: scope.session,
    },
    {
      description: () => counted(handles.size, 'handle'),
      tooltip: () =>
        t(
          "Servers, connections, watchers and the like: they keep the process alive, but for those that are unref'd.",
        ),
      isParent: () => true,
      children: () => siblingRows(scope, id, handles, topPath()),
    },
  );
}

/** With more tasks at the top the tree starts out collapsed. */
const MAX_EXPANDED = 30;
