import { aligned, number, percent } from '../runner/table.mjs';

/**
 * Everything measured in one table for each Node version: a row for each case, a column for each mode. The
 * first mode is told as it is; of the others what they add to it and how many times as much that makes or, where
 * more is better, the share that they leave of it.
 *
 * @param {import('../runner/rounds.mjs').Measurement[]} measurements
 * @returns {string} Markdown
 */
export function summary(measurements) {
  const nodes = distinct(measurements, 'node');
  return nodes.map((node) => section(measurements.filter((each) => each.node === node))).join('\n\n');
}

function section(measurements) {
  const [{ node }] = measurements;
  const modes = distinct(measurements, 'mode');
  const rows = distinct(measurements, 'case').map((name) => {
    const ofCase = measurements.filter((each) => each.case === name);
    return [`${name}, ${ofCase[0].unit}`, ...ofCase.map(cell)];
  });
  return `### Node ${node}\n\n${trust(measurements)}\n\n${aligned([['case', ...modes], ...rows])}`;
}

/** How far the figures can be trusted. */
function trust(measurements) {
  const rounds = measurements[0].figures.length;
  if (rounds === 1) return 'One round: an indication only, its spread is not known.';
  const worst = measurements.reduce((a, b) => (b.spread > a.spread ? b : a));
  return `Medians of ${rounds} rounds; the largest spread is ${percent(worst.spread)} (${worst.case}, ${worst.mode}).`;
}

function cell({ unit, median, added, ratio }, index) {
  if (index === 0) return number(median);
  if (unit === 'requests/s') return `× ${ratio.toFixed(2)}`;
  return `${added < 0 ? '' : '+'}${number(added)} (× ${ratio.toFixed(1)})`;
}

function distinct(measurements, key) {
  return [...new Set(measurements.map((each) => each[key]))];
}
