import { counted, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
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
  const { items, name, size = () => 1 } = level;
  const counts = new Map<string, number>();
  let total = 0;
  for (let at = from; at < items.length; at++) {
    const item = items[at] as T;
    const one = name(item);
    total += size(item);
    counts.set(one, (counts.get(one) ?? 0) + size(item));
  }
  const names = mostOften(counts).map(([one, count]) => `${one} ×${formatCount(count)}`);
  if (counts.size > MAX_NAMES) names.push('…');
  return {
    id: `${parentId}/more`,
    label: `${formatCount(total)} more: use the filter`,
    description: counts.size > 1 ? plainText(names.join(', ')) : '',
    tooltip: plainText(
      `Not shown, to keep the view fast: ${counted(total, 'task')} (${names.join(', ')}). Filter by text, state or file to find them.`,
      400,
    ),
    icon: 'ellipsis',
    color: 'muted',
    expanded: false,
    context: 'more',
    session: scope.session,
    children: [],
  };
}

function mostOften(counts: ReadonlyMap<string, number>): [string, number][] {
  const found: [string, number][] = [];
  for (const entry of counts) {
    const position = found.findIndex(([, count]) => count < entry[1]);
    if (position < 0 && found.length >= MAX_NAMES) continue;
    found.splice(position < 0 ? found.length : position, 0, entry);
    found.length = Math.min(found.length, MAX_NAMES);
  }
  return found;
}

const MAX_NAMES = 3;
