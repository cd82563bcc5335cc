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
  items: readonly T[];
  row: (item: T) => Row;
  /** For those that are cut: what to call one, and for how many tasks it stands. */
  name: (item: T) => string;
  size?: (item: T) => number;
  /** Fewer than the options allow. */
  maxRows?: number;
}

/** Rows of one level: those that fit, and one that tells how many more there are and which. */
export function levelRows<T>(scope: RowScope, parentId: string, level: Level<T>): Row[] {
  const { items, row } = level;
  const most = Math.min(scope.options.maxRows, level.maxRows ?? Infinity, scope.budget.left);
  const fits = Math.max(0, Math.min(items.length, most));
  scope.budget.left -= fits;
  const rows = items.slice(0, fits).map(row);
  if (fits < items.length) rows.push(moreRow(scope, parentId, level, fits));
  return rows;
}

function moreRow<T>(scope: RowScope, parentId: string, level: Level<T>, from: number): Row {
  const { items, size = () => 1 } = level;
  let total = 0;
  for (let at = from; at < items.length; at++) total += size(items[at] as T);
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
  for (let at = from; at < items.length; at++) {
    const item = items[at] as T;
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
