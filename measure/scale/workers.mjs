import { takeTurns } from '../runner/rounds.mjs';
import { median, spread } from '../runner/statistics.mjs';
import { aligned, number, percent } from '../runner/table.mjs';
import { startProgram, startWithHost } from './host.mjs';

/** Until each thread has spent what it has saved up for places. */
const WARM_UP_MS = 6_000;

/** @type {import('./run.mjs').Question} */
export const workers = {
  name: 'workers',
  what: 'what threads get done that do nothing but await, with us and without',
  async measure(node, { rounds, seconds, workers: sizes }) {
    const results = [];
    for (const count of sizes) {
      const ways = [() => without(node.binary, count, seconds), () => watched(node.binary, count, seconds)];
      results.push({ count, measured: await takeTurns(ways, rounds, (way) => way()) });
    }
    return results;
  },
  trust: ({ rounds, seconds }) => `Medians of ${rounds} rounds of ${seconds} s.`,
  text: (results) => aligned([HEAD, ...results.map(row)]),
};

const HEAD = [
  'workers',
  'awaits/s, plain',
  'with us',
  'CPU of one, ns',
  'with us',
  'host, of a core',
  'spread of awaits/s',
];

function row({ count, measured }) {
  const [plain, agent] = measured;
  const figures = (rounds, key) => rounds.map((each) => each[key]);
  const times = (key) => median(agent.map((each, round) => each[key] / plain[round][key]));
  return [
    number(count),
    number(median(figures(plain, 'perSecond'))),
    `${number(median(figures(agent, 'perSecond')))} (× ${times('perSecond').toFixed(2)})`,
    number(median(figures(plain, 'cpuNs'))),
    `${number(median(figures(agent, 'cpuNs')))} (× ${times('cpuNs').toFixed(2)})`,
    percent(median(figures(agent, 'hostShare'))),
    percent(Math.max(spread(figures(plain, 'perSecond')), spread(figures(agent, 'perSecond')))),
  ];
}

async function without(node, count, seconds) {
  const program = await startProgram(node, 'workers.cjs', {});
  try {
    await program.ask({ workers: count });
    return await run(program, seconds);
  } finally {
    await program.end();
  }
}

async function watched(node, count, seconds) {
  const { program, host, end } = await startWithHost(node, 'workers.cjs', 'sessionHost.ts');
  try {
    await program.ask({ workers: count });
    await host.ask({ threads: count + 1 });
    const before = await host.ask({});
    const measured = await run(program, seconds);
    const after = await host.ask({});
    return { ...measured, hostShare: (after.cpuMs - before.cpuMs) / (after.atMs - before.atMs) };
  } finally {
    await end();
  }
}

async function run(program, seconds) {
  await program.ask({ ms: WARM_UP_MS });
  return program.ask({ ms: seconds * 1_000 });
}
