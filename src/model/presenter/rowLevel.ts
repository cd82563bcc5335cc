import { counted, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { lazyRow } from './lazyRow.js';
import type { Row, TaskRowOptions } from './row.js';
import type { TaskFilter } from './taskFilter.js';
import type { TaskView } from './taskTexts.js';

/** What the rows of one process are made from. */
export interface RowScope extends TaskView {
  session: string;
  options: TaskRowOptions;
  filter: TaskFilter;
  /** Rows that may still be made; shared by all processes. */
  budget: { left: number };
}

/** Things of one level, and how they become rows. */
export interface Level<T> {
  items: Iterable<T>;
  /** For how many tasks they stand together. */
  tasks: number;
  row: (item: T) => Row;
  /** For those that are cut: what to call one, and for how many tasks it stands. */
  name: (item: T) => string;
  size?: (item: T) => number;
  /** Fewer than the options allow. */
  maxRows?: number;
}

/** Rows of one level: those that fit, and one that tells how many more there are and which. */
export function levelRows<T>(scope: RowScope, parentId: string, level: Level<T>): Row[] {
  const { items, tasks, row, size = () => 1 } = level;
  const most = Math.max(0, Math.min(scope.options.maxRows, level.maxRows ?? Infinity, scope.budget.left));
  const rows: Row[] = [];
  let left = tasks;
  for (const item of items) {
    if (rows.length >= most) break;
    rows.push(row(item));
    left -= size(item);
  }
  scope.budget.left -= rows.length;
  if (left > 0) rows.push(moreRow(scope, parentId, level, rows.length, left));
  return rows;
}

function moreRow<T>(scope: RowScope, parentId: string, level: Level<T>, from: number, total: number): Row {
  const names = (): string[] => mostOften(level, from);
  return lazyRow(
    {
      id: `${parentId}/more`,
      label: `${formatCount(total)} more: use the filter`,
      icon: 'ellipsis',
      color: 'muted',
      expanded: false,
      context: 'more',
      session: scope.session,
    },
    {
      description: () => {
        const often = names();
        return often.length > 1 ? plainText(often.join(', ')) : '';
      },
      tooltip: () =>
        plainText(
          `Not shown, to keep the view fast: ${counted(total, 'task')} (${names().join(', ')}). Filter by text, state or file to find them.`,
          400,
        ),
      children: () => [],
    },
  );
}

/** `load ×1,204`: the names that are cut most often, and whether there are others. */
function mostOften<T>({ items, name, size = () => 1 }: Level<T>, from: number): string[] {
  const counts = new Map<string, number>();
  let at = 0;
  for (const item of items) {
    if (at++ < from) continue;
    const one = name(item);
    counts.set(one, (counts.get(one) ?? 0) + size(item));
  }
  const found: [string, number][] = [];
  for (const entry of counts) {
    const position = found.findIndex(([, count]) => count < entry[1]);
    if (position < 0 && found.length >= MAX_NAMES) continue;
    found.splice(position < 0 ? found.length : position, 0, entry);
    found.length = Math.min(found.length, MAX_NAMES);
  }
  const names = found.map(([one, count]) => `${one} ×${formatCount(count)}`);
  return counts.size > MAX_NAMES ? [...names, '…'] : names;
}

const MAX_NAMES = 3;
