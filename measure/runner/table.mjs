/**
 * The measurements of one case on one Node version, as a Markdown table that also reads well as it is.
 *
 * @param {import('./rounds.mjs').Measurement[]} measurements the first is what the others are compared with
 * @param {import('./rounds.mjs').Measurement[]} earlier those of another time; may lack some
 * @returns {string}
 */
export function table(measurements, earlier) {
  const [{ node, case: name, unit }] = measurements;
  const head = ['mode', unit, 'added', '× plain', 'spread'];
  if (earlier.length > 0) head.push('before', 'change');
  const rows = measurements.map((each) => {
    const row = [
      each.mode,
      number(each.median),
      number(each.added),
      each.ratio.toFixed(2),
      percent(each.spread),
    ];
    if (earlier.length > 0) row.push(...change(each, earlier));
    return row;
  });
  return `${name}, Node ${node}\n\n${aligned([head, ...rows])}\n`;
}

function change(measurement, earlier) {
  const before = earlier.find(
    ({ node, case: name, mode }) =>
      node === measurement.node && name === measurement.case && mode === measurement.mode,
  );
  if (before === undefined) return ['', ''];
  const share = measurement.median / before.median - 1;
  return [number(before.median), `${share < 0 ? '' : '+'}${percent(share)}`];
}

/**
 * @param {string[][]} rows the first is the head; its first column is text, the others are figures
 * @returns {string} a Markdown table
 */
export function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(rows[0]), `| ${rule.join(' | ')} |`, ...rows.slice(1).map(line)].join('\n');
}

/** A figure with thousands apart and no fraction. */
export function number(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** A share as a whole number of hundredths. */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}
