import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeSection } from '../runner/documentSection.mjs';
import { nodeBinaries } from '../../scripts/nodeBinaries.mjs';
import { CASES } from './cases.mjs';
import { growthSection, measureGrowth } from './growth.mjs';
import { named, runMain, whole } from '../runner/options.mjs';
import { MODES, readyMode, requireAgent } from './modes.mjs';
import { measureRounds } from '../runner/rounds.mjs';
import { summary } from './summary.mjs';
import { table } from '../runner/table.mjs';

/** Measured by itself: it has sizes in place of modes. */
const GROWTH = 'growth';

const USAGE = `node measure/bench/run.mjs [options]

Measures what we cost, beside bare hooks and beside a debugger's own async stacks.

  --node 22,24          Node versions
  --cases await,http    ${[...CASES.map(({ name }) => name), GROWTH].join(', ')}
  --modes plain,agent   ${MODES.map(({ name }) => `"${name}"`).join(', ')}
  --rounds 5            measurements of each case in each mode
  --pending 0           promises that stay pending beside the work
  --promises 1000000    pending promises that memory is measured over
  --sizes 1000,10000    pending promises that growth is measured with
  --json FILE           write the measurements
  --compare FILE        show the change since those of another run
  --write               write the summary into docs/PERFORMANCE.md

The plain mode is always measured: it is what the others are compared with. Other people's tools, the modes
${MODES.flatMap(({ name, install }) => (install ? `"${name}"` : [])).join(' and ')}, are measured only where they are named. The case ${GROWTH} has modes of its own,
and a table of its own in the document.
`;

async function main() {
  const { values } = parseArgs({
    options: {
      node: { type: 'string', default: '22,24' },
      cases: { type: 'string' },
      modes: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      pending: { type: 'string', default: '0' },
      promises: { type: 'string', default: '1000000' },
      sizes: { type: 'string', default: '1000,10000,100000' },
      json: { type: 'string' },
      compare: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const chosen = ofThose([...CASES, { name: GROWTH }], values.cases);
  const cases = chosen.filter((each) => each.name !== GROWTH);
  const wanted =
    values.modes === undefined ? MODES.filter(({ install }) => !install) : ofThose(MODES, values.modes);
  const chosenModes = [MODES[0], ...wanted.filter((mode) => mode !== MODES[0])];
  const rounds = whole('rounds', values.rounds, 1);
  const options = {
    pending: whole('pending', values.pending, 0),
    promises: whole('promises', values.promises, 1),
  };
  const sizes =
    chosen.length === cases.length ? [] : values.sizes.split(',').map((size) => whole('sizes', size, 1));
  const earlier = values.compare === undefined ? [] : JSON.parse(readFileSync(values.compare, 'utf8'));
  requireAgent();
  const modes = await Promise.all(chosenModes.map(({ name }) => readyMode(name)));
  const measurements = [];
  const growths = [];
  for (const node of await nodeBinaries(values.node)) {
    for (const each of cases) {
      const found = await measureRounds(node, each, modes, rounds, options);
      process.stdout.write(`${table(found, earlier)}\n`);
      measurements.push(...found);
    }
    for (const size of sizes) growths.push(await measureGrowth(node, size, rounds));
  }
  if (measurements.length > 0) await tell(summary(measurements), 'results', values.write);
  if (growths.length > 0) await tell(growthSection(growths), GROWTH, values.write);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measurements, null, 2)}\n`);
}

/** Prints a section and, where that is wanted, puts it into the document. */
async function tell(markdown, section, write) {
  process.stdout.write(`${markdown}\n\n`);
  if (write) await writeSection('PERFORMANCE.md', markdown, section);
}

function ofThose(all, list) {
  return list === undefined ? all : named(all, list.split(','));
}

runMain(main);
