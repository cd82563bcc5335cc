import { IN_SESSION, MODES } from '../bench/modes.mjs';
import { MeasuredProcess } from '../bench/process.mjs';
import { takeTurns } from '../runner/rounds.mjs';
import { median, spread } from '../runner/statistics.mjs';
import { aligned, number, percent } from '../runner/table.mjs';

/** Programs that do nothing but one thing, as fast as they can. */
const STORMS = [
  ['await', 'a trivial async function is awaited'],
  ['then', 'one more `then` in a chain'],
  ['new', '`new Promise` that resolves at once'],
  ['nested', 'async functions that await one another, 100 deep'],
  ['wide', '`Promise.all` over 2,000 calls, one of them'],
  ['rejections', 'a rejected promise, caught'],
  ['generator', 'one turn of `for await` over an async generator'],
  ['emitters', '100 emitters in a row, asynchronous listeners'],
  ['resources', 'an `AsyncResource`, run once'],
  ['timers', 'one of 2,000 timers of 1 ms'],
  ['immediates', 'one of 2,000 `setImmediate`'],
  ['ticks', 'one of 2,000 `process.nextTick`'],
  ['microtasks', 'one of 2,000 `queueMicrotask`'],
  ['files', 'one of 2,000 `fs.stat` at once'],
];

/** Without a debugger; what is added to the first, there and in a debug session. */
const ALONE = ['plain', 'bare hooks', 'agent without sites', 'agent'];
const COMPARED = [...ALONE, ...IN_SESSION];

/** @type {import('./run.mjs').Question} */
export const hostile = {
  name: 'hostile',
  what: 'processor time that programs pay which do nothing but one asynchronous thing',
  async measure(node, { rounds }) {
    const modes = COMPARED.map((name) => MODES.find((mode) => mode.name === name));
    const storms = [];
    for (const [name, what] of STORMS) {
      const figures = await takeTurns(modes, rounds, (mode) => cpuNs(node.binary, mode, name));
      storms.push({ name, what, figures });
    }
    return storms;
  },
  trust: ({ rounds }) => `Medians of ${rounds} rounds; the spread is that of the mode that spreads most.`,
  text: (storms) => aligned([HEAD, ...storms.map(row)]),
};

const HEAD = [
  'storm',
  'one operation',
  'plain, ns',
  'bare hooks',
  'agent without sites',
  'agent',
  'over bare hooks',
  'for places',
  'session, ns',
  'agent in it',
  'spread',
];

function row({ name, what, figures }) {
  const of = (mode) => figures[COMPARED.indexOf(mode)];
  const [plain, hooks, without, agent, session] = [...ALONE, IN_SESSION[0]].map((mode) => median(of(mode)));
  const added = (mode, base = ALONE[0]) => {
    const ns = of(mode).map((figure, round) => figure - of(base)[round]);
    const times = of(mode).map((figure, round) => figure / of(base)[round]);
    return `${signed(median(ns))} (× ${median(times).toFixed(2)})`;
  };
  return [
    name,
    what,
    number(plain),
    added('bare hooks'),
    added('agent without sites'),
    added('agent'),
    `${signed((agent / hooks - 1) * 100)} %`,
    percent((agent - without) / agent),
    number(session),
    added('agent + async stacks', IN_SESSION[0]),
    percent(Math.max(...figures.map(spread))),
  ];
}

function signed(value) {
  return `${value < 0 ? '' : '+'}${number(value)}`;
}

async function cpuNs(node, mode, name) {
  const started = await MeasuredProcess.start(node, 'work.cjs', mode);
  try {
    await started.ask({ name, pending: 0 });
    await started.heard();
    return (await started.ask({})).cpuNs;
  } finally {
    await started.end();
  }
}
