import type { Row } from '../../src/model/presenter/index.js';

/** As the view asks. */
export const VIEW_OPTIONS = { grouping: 'awaits', filter: '', internals: false, maxRows: 500 } as const;

/** As VS Code draws them: each with its text and whether it can be expanded, and those below the expanded ones. */
export function drawRows(rows: readonly Row[]): number {
  return rows.reduce((length, row) => {
    const text = `${row.label} ${row.description}`;
    const isParent = row.isParent ?? row.children.length > 0;
    return length + text.length + (isParent && row.expanded ? drawRows(row.children) : 0);
  }, 0);
}
