import { inspect, isDeepStrictEqual } from 'node:util';
import { normalise } from './normalise.mjs';

const MAX_LINES = 6;

/**
 * How a run differs from another one of the same program: one line for each difference, none if they are the
 * same to everybody outside.
 *
 * @param {import('./observe.mjs').Observation} expected
 * @param {import('./observe.mjs').Observation} actual
 * @param {boolean} inAnyOrder whether the program's lines come in an order of their own each time
 * @returns {string[]}
 */
export function differences(expected, actual, inAnyOrder) {
  const found = [];
  const text = (output) => (inAnyOrder ? normalise(output).split('\n').sort().join('\n') : normalise(output));
  if (expected.end !== actual.end) found.push(`end: ${expected.end} became ${actual.end}`);
  for (const stream of ['stdout', 'stderr'])
    found.push(...lineDifferences(stream, text(expected[stream]), text(actual[stream])));
  const [before, after] = [plain(expected.answers), plain(actual.answers)];
  if (!isDeepStrictEqual(before, after)) found.push(`answers: ${clip(before)} became ${clip(after)}`);
  return found;
}

function lineDifferences(stream, expected, actual) {
  if (expected === actual) return [];
  const [before, after] = [expected.split('\n'), actual.split('\n')];
  const found = [];
  for (let line = 0; line < Math.max(before.length, after.length); line++)
    if (before[line] !== after[line])
      found.push(`${stream}, line ${line + 1}: ${clip(before[line])} became ${clip(after[line])}`);
  return found.slice(0, MAX_LINES);
}

/** Times and ports differ in answers as they do in output. */
function plain(answers) {
  return answers === undefined ? undefined : JSON.parse(normalise(JSON.stringify(answers)));
}

function clip(value) {
  return inspect(value, { breakLength: Infinity, depth: 5 }).slice(0, 500);
}
