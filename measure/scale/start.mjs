import { join } from 'node:path';
import { MODES } from '../bench/modes.mjs';
import { takeTurns } from '../runner/rounds.mjs';
import { median, spread } from '../runner/statistics.mjs';
import { aligned, percent } from '../runner/table.mjs';
import { finish } from '../compat/finish.mjs';

const { preload } = MODES.find(({ name }) => name === 'agent');
const AGENT = ['--require', preload];
const INSPECTOR = ['--inspect=127.0.0.1:0'];
/** Each way with us is compared with the one before it. */
const WAYS = [
  ['plain', []],
  ['agent', AGENT],
  ['inspector', INSPECTOR],
  ['agent + inspector', [...INSPECTOR, ...AGENT]],
];
/** So short that many are taken for each round that is asked for. */
const STARTS_A_ROUND = 4;

/** @type {import('./run.mjs').Question} */
export const start = {
  name: 'start',
  what: 'how much later a program begins and ends',
  async measure(node, { rounds }) {
    await takeTurns(WAYS, 1, ([, args]) => run(node.binary, args));
    return takeTurns(WAYS, rounds * STARTS_A_ROUND, ([, args]) => run(node.binary, args));
  },
  trust: ({ rounds }) => `Medians of ${rounds * STARTS_A_ROUND} starts in each way, which take turns.`,
  text: (measured) => aligned([HEAD, ...WAYS.map(([name], index) => row(name, measured, index))]),
};

const HEAD = ['start', 'first line, ms', 'added', 'spread', 'end, ms', 'added', 'spread'];

function row(name, measured, index) {
  const without = index % 2 === 1 ? measured[index - 1] : undefined;
  const cells = (key) => {
    const figures = measured[index].map((each) => each[key]);
    const added = without && median(figures.map((figure, round) => figure - without[round][key]));
    return [
      median(figures).toFixed(1),
      added === undefined ? '' : `${added < 0 ? '' : '+'}${added.toFixed(1)}`,
      percent(spread(figures)),
    ];
  };
  return [name, ...cells('firstMs'), ...cells('endMs')];
}

async function run(node, args) {
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  const beganMs = performance.now();
  const { code, stdout, stderr } = await finish(node, [...args, join(import.meta.dirname, 'start.cjs')], {
    env,
  });
  if (code !== 0) throw new Error(`the program failed:\n${stderr}`);
  return { firstMs: Number(stdout), endMs: performance.now() - beganMs };
}
