import type { Row } from './row.js';

/** The rows as indented text: for copying, the CLI and tests. Collapsed rows are written too. */
export function treeText(rows: readonly Row[]): string {
  const lines: string[] = [];
  write(rows, '', lines);
  return lines.join('\n');
}

function write(rows: readonly Row[], indent: string, lines: string[]): void {
  for (const row of rows) {
    lines.push(`${indent}${row.label}${row.description === '' ? '' : `  ${row.description}`}`);
    write(row.children, `${indent}  `, lines);
  }
}
