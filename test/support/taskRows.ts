import { type Row, type TaskRowOptions, taskRows, treeText } from '../../src/model/presenter/index.js';
import type { Task } from '../../src/protocol/snapshot.js';
import { processOf, snapshotOf } from './tasks.js';

export const plainOptions: TaskRowOptions = {
  grouping: 'awaits',
  filter: '',
  internals: false,
  maxRows: 100,
};

/** What the view shows of one process with these tasks, without the process itself. */
export function treeOf(tasks: readonly Task[], options: Partial<TaskRowOptions> = {}): string {
  const [process] = taskRows(snapshotOf(processOf(tasks)), { ...plainOptions, ...options });
  return treeText(process?.children ?? []);
}

/** The rows and all below them. */
export function allRows(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => [row, ...allRows(row.children)]);
}

/** The first row with this label among those of one process with these tasks. */
export function rowOf(
  tasks: readonly Task[],
  label: string,
  options: Partial<TaskRowOptions> = {},
): Row | undefined {
  const rows = taskRows(snapshotOf(processOf(tasks)), { ...plainOptions, ...options });
  return allRows(rows).find((row) => row.label === label);
}
