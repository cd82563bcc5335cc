import { MODES } from '../bench/modes.mjs';
import { median } from '../runner/statistics.mjs';
import { aligned, number } from '../runner/table.mjs';
import { startProgram, startWithHost } from './host.mjs';

const KINDS = {
  promises: '`new Promise`',
  calls: 'calls of an async function, and the promise that each awaits',
};
/** Polls that tell the end of fewer promises are left out. */
const ENDED = 250;
const MB = 1024 * 1024;

/** @type {import('./run.mjs').Question} */
export const pending = {
  name: 'pending',
  what: 'how long a program with a million pending promises stands still, and its host works',
  async measure(node, { rounds, pending: count }) {
    const results = [];
    for (const kind of Object.keys(KINDS)) {
      const measured = [];
      for (let round = 0; round < rounds; round++)
        measured.push({
          plain: await without(node.binary, kind, count),
          ...(await watched(node.binary, kind, count)),
        });
      results.push({ kind, measured });
    }
    return results;
  },
  trust: ({ rounds }) =>
    `Rounds: ${rounds}. Told are their medians, but of what is the worst or longest the worst of all.`,
  text: (results, { pending: count }) =>
    aligned([
      [`${number(count)} pending`, ...results.map(({ kind }) => KINDS[kind])],
      ...ROWS.map(([name, cell]) => [name, ...results.map(({ measured }) => cell(measured))]),
    ]),
};

/** What the view shows after that, in turn. */
const WAYS = {
  filter: 'a filter',
  site: 'grouped by site',
  type: 'grouped by type',
  age: 'all by age',
  internals: 'with internals',
};

/** Each is told by the median of its rounds, but the worst by the worst of all. */
const ROWS = [
  ['program: connect', of(({ connect }) => connect.times[0], ms)],
  ['program: all, in polls', of(({ whole }) => whole.times.length, number)],
  ['program: all, together', of(({ whole }) => sum(whole.times), ms)],
  ['program: all, the worst poll', worst(({ whole }) => whole.times, ms)],
  ['program: all, its longest turn', worst(({ whole }) => [whole.longestMs], ms)],
  ['program: all, its longest garbage collection', worst(({ whole }) => [whole.collectionMs], ms)],
  ['program: longest turn without us, as much garbage', worst(({ plain }) => [plain.longestMs], ms)],
  ['program: 1,000 changes, median poll', of((round) => median(changed(round, round.changes.times)), ms)],
  ['program: 1,000 changes, worst poll', worst(({ changes }) => changes.times, ms)],
  ['program: 1,000 changes, its longest turn', worst(({ changes }) => [changes.longestMs], ms)],
  ['program: heap without us', of(({ plain }) => plain.heapUsed, mb)],
  ['program: heap with us', of(({ program }) => program.heapUsed, mb)],
  ['program: RSS without us', of(({ plain }) => plain.rss, mb)],
  ['program: RSS with us', of(({ program }) => program.rss, mb)],
  ['host: until it has all', of(({ wholeMs }) => wholeMs, ms)],
  ['host: all are read and applied', of(({ applied }) => sum(applied.map((poll) => poll.ms)), ms)],
  ['host: until the view shows all', of(({ shownMs }) => shownMs, ms)],
  ['host: until then, answers of the view', of(({ filled }) => filled.answers.length, number)],
  ['host: until then, median answer', of(({ filled }) => median(filled.answers), ms)],
  ['host: until then, worst answer', worst(({ filled }) => filled.answers, ms)],
  ['host: until then, its longest turn', worst(({ filled }) => [filled.longestMs], ms)],
  [
    'host: a poll of 1,000 changes',
    of(
      (round) =>
        median(
          changed(
            round,
            round.appliedChanges.map((poll) => poll.ms),
          ),
        ),
      ms,
    ),
  ],
  ['host: then, median answer of the view', of(({ followed }) => median(followed.answers), ms)],
  ['host: then, worst answer', worst(({ followed }) => followed.answers, ms)],
  ...Object.entries(WAYS).flatMap(([name, what]) => [
    [`host: ${what}, until all were looked at`, of(({ ways }) => ways[name].lookedMs, ms)],
    [`host: ${what}, median step until then`, of(({ ways }) => median(ways[name].looked.answers), ms)],
    [`host: ${what}, worst step`, worst(({ ways }) => ways[name].looked.answers, ms)],
    [`host: ${what}, then median answer`, of(({ ways }) => median(ways[name].followed.answers), ms)],
    [`host: ${what}, worst answer`, worst(({ ways }) => ways[name].followed.answers, ms)],
  ]),
  ['host: tasks in the snapshot', of(({ tasks }) => tasks, number)],
  ['host: heap', of(({ heapUsed }) => heapUsed, mb)],
];

function of(figure, text) {
  return (measured) => text(median(measured.map(figure)));
}

function worst(figures, text) {
  return (measured) => text(Math.max(...measured.flatMap(figures)));
}

/** What polls took that told changes: those between two times when the program made them are empty. */
function changed({ appliedChanges }, times) {
  return times.filter((_, index) => appliedChanges[index].ended >= ENDED);
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}

function mb(bytes) {
  return `${number(bytes / MB)} MB`;
}

function sum(figures) {
  return figures.reduce((total, each) => total + each, 0);
}

async function without(node, kind, count) {
  const program = await startProgram(node, 'pending.cjs', MODES[0]);
  try {
    await program.ask({ kind, pending: count });
    return await program.ask({ objects: count });
  } finally {
    await program.end();
  }
}

async function watched(node, kind, count) {
  const { program, host, end } = await startWithHost(node, 'pending.cjs', 'pendingHost.ts');
  try {
    await program.ask({ kind, pending: count });
    const measured = await host.ask({});
    return { ...measured, program: await program.ask({}), ways: await host.ask({ ways: true }) };
  } finally {
    await end();
  }
}
