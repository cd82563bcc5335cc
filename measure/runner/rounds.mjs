import { median, spread } from './statistics.mjs';

/**
 * What came out of one case in one mode on one Node version.
 *
 * @typedef {object} Measurement
 * @property {string} node     version
 * @property {string} case
 * @property {string} unit
 * @property {string} mode
 * @property {number[]} figures one for each round
 * @property {number} median
 * @property {number} spread   half the range, as a share of the median
 * @property {number} added    median over the rounds of what this mode adds to the first mode of the same round
 * @property {number} ratio    the same as a share of the first mode
 */

/**
 * Measures one case in every mode, round after round, so that what else the machine does falls on all modes.
 *
 * @param {{ version: string, binary: string }} node
 * @param {import('../bench/cases.mjs').Case} measured
 * @param {import('../bench/modes.mjs').Mode[]} modes
 * @param {number} rounds
 * @param {import('../bench/cases.mjs').Options} options
 * @returns {Promise<Measurement[]>} in the order of the modes
 */
export async function measureRounds(node, measured, modes, rounds, options) {
  const figures = await takeTurns(modes, rounds, (mode) => measured.measure(node.binary, mode, options));
  return modes.map((mode, index) => ({
    node: node.version,
    case: measured.name,
    unit: measured.unit,
    mode: mode.name,
    figures: figures[index],
    median: median(figures[index]),
    spread: spread(figures[index]),
    added: median(figures[index].map((figure, round) => figure - figures[0][round])),
    ratio: median(figures[index].map((figure, round) => figure / figures[0][round])),
  }));
}

/**
 * @template Mode, Figure
 * @param {Mode[]} modes
 * @param {number} rounds
 * @param {(mode: Mode) => Promise<Figure>} measure
 * @returns {Promise<Figure[][]>} for each mode the figures of its rounds
 */
export async function takeTurns(modes, rounds, measure) {
  const figures = modes.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, mode] of modes.entries()) figures[index].push(await measure(mode));
  return figures;
}
