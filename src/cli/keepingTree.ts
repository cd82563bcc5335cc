import { t } from '../base/texts.js';
import { keepers } from '../model/findings/keptAlive.js';
import { counted } from '../model/numbers.js';
import { type Row, taskRows, treeText } from '../model/presenter/index.js';
import type { ProcessSnapshot, Snapshot, Task } from '../protocol/snapshot.js';

/** What a process cannot end without, in one level, or could not; empty where nothing is known. */
export function keepingTree(process: ProcessSnapshot, verb: 'do' | 'did'): string {
  const { keeping, loose } = keepers(process.tasks);
  if (keeping.length === 0) return '';
  const alone = keeping.map((task) => ({ ...task, awaits: [], awaitedBy: [] }));
  const snapshot: Snapshot = { version: 1, takenAt: '', processes: [withTasks(process, alone)] };
  const options = {
    filter: '',
    internals: true,
    maxRows: MAX_ROWS,
    hasNoFilter: true,
    grouping: 'awaits',
  } as const;
  const rows = taskRows(snapshot, options).flatMap(({ children }) => children);
  const flat = rows.flatMap((row) => (row.id.endsWith('/handles') ? row.children : [row]));
  const lines = treeText(flat.map((row) => withBelow(row, []))).split('\n');
  if (loose > 0) {
    const others = counted(loose, 'other');
    lines.push(
      verb === 'did'
        ? t("{0} unref'd: they did not keep it", others)
        : t("{0} unref'd: they do not keep it", others),
    );
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

export function withTasks(process: ProcessSnapshot, tasks: Task[]): ProcessSnapshot {
  return { ...process, tasks };
}

/** The same row, with other rows below it. Its texts are no properties of its own, so that a copy lacks them. */
export function withBelow(row: Row, children: readonly Row[]): Row {
  const { description, tooltip } = row;
  return { ...row, description, tooltip, children };
}

const MAX_ROWS = 20;
