import { aligned, number } from './table.mjs';

/**
 * Everything measured in one table for each Node version: a row for each case, a column for each mode. The
 * first mode is told as it is; of the others what they add to it or, where more is better, the share that they
 * leave of it.
 *
 * @param {import('./rounds.mjs').Measurement[]} measurements
 * @returns {string} Markdown
 */
export function summary(measurements) {
  const nodes = distinct(measurements, 'node');
  return nodes.map((node) => section(measurements.filter((each) => each.node === node))).join('\n\n');
}

function section(measurements) {
  const [{ node, figures }] = measurements;
  const modes = distinct(measurements, 'mode');
  const rows = distinct(measurements, 'case').map((name) => {
    const ofCase = measurements.filter((each) => each.case === name);
    return [`${name}, ${ofCase[0].unit}`, ...ofCase.map(cell)];
  });
  const rounds = figures.length === 1 ? 'One round.' : `Medians of ${figures.length} rounds.`;
  return `### Node ${node}\n\n${rounds}\n\n${aligned([['case', ...modes], ...rows])}`;
}

function cell({ unit, median, added, ratio }, index) {
  if (index === 0) return number(median);
  if (unit === 'requests/s') return `× ${ratio.toFixed(2)}`;
  return `${added < 0 ? '' : '+'}${number(added)}`;
}

function distinct(measurements, key) {
  return [...new Set(measurements.map((each) => each[key]))];
}
