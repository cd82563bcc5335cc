import { t } from '../../base/texts.js';
import { counted, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import type { TaskSearch } from '../taskIndex/taskSearch.js';
import { lazyRow } from './lazyRow.js';
import type { Row } from './row.js';
import type { TaskRowOptions } from './taskRowOptions.js';
import type { TaskView } from './taskTexts.js';

/** What the rows of one process are made from. */
export interface RowScope extends TaskView {
  session: string;
  options: TaskRowOptions;
  /** Absent where all tasks are shown. */
  search: TaskSearch | undefined;
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
  /** How many of all have each name, where that is known. */
  names?: ReadonlyMap<string, number>;
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
      label: scope.options.hasNoFilter
        ? t('{0} more', formatCount(total))
        : t('{0} more: use the filter', formatCount(total)),
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
          t(
            'Not shown, to keep the view fast: {0} ({1}). Filter by text, state or file to find them.',
            counted(total, 'task'),
            names().join(', '),
          ),
          400,
        ),
      children: () => [],
    },
  );
}

/** `load ×1,204`: the names that are cut most often, and whether there are others. */
function mostOften<T>(level: Level<T>, from: number): string[] {
  const counts = namesFrom(level, from);
  const found: [string, number][] = [];
  for (const entry of counts) {
    const position = found.findIndex(
      ([one, count]) => count < entry[1] || (count === entry[1] && one > entry[0]),
    );
    if (position < 0 && found.length >= MAX_NAMES) continue;
    found.splice(position < 0 ? found.length : position, 0, entry);
    found.length = Math.min(found.length, MAX_NAMES);
  }
  const names = found.map(([one, count]) => `${one} ×${formatCount(count)}`);
  return counts.size > MAX_NAMES ? [...names, '…'] : names;
}

/** How many of each name there are from a position on. */
function namesFrom<T>({ items, name, size = () => 1, names }: Level<T>, from: number): Map<string, number> {
  const counts = new Map(names);
  const add = (item: T, by: 1 | -1): void => {
    const one = name(item);
    const count = (counts.get(one) ?? 0) + by * size(item);
    if (count === 0) counts.delete(one);
    else counts.set(one, count);
  };
  let at = 0;
  for (const item of items) {
    const isShown = at++ < from;
    if (names && !isShown) break;
    if (names) add(item, -1);
    else if (!isShown) add(item, 1);
  }
  return counts;
}

const MAX_NAMES = 3;
