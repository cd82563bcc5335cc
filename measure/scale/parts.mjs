import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { builtHost } from '../bench/hostProgram.mjs';
import { asyncStacks, MODES, SETTINGS, SETTINGS_IN_SESSION } from '../bench/modes.mjs';
import { MeasuredProcess } from '../bench/process.mjs';
import { mean, median, quantile } from '../runner/statistics.mjs';
import { aligned, number } from '../runner/table.mjs';
import { loadArguments, ofEachServer } from './serverPrograms.mjs';

const { preload } = MODES.find(({ name }) => name === 'agent');
const CONTROLS = "globalThis[Symbol.for('nodejs.asyncDebugger.parts')]";
const OFF = { polls: false, results: false };
const HOOKS = { ...OFF, settings: { ...SETTINGS_IN_SESSION, siteBudget: 0 } };
const PLACES = { ...OFF, settings: SETTINGS_IN_SESSION };
const POLLS = { ...PLACES, polls: true };
const ALL = { ...POLLS, results: true };

const NOTHING = { name: 'nothing of ours', parts: OFF };

/** Each has what the one before it has, but the empty hooks. Those in one group follow each other. */
const BY_PART = [
  [NOTHING, { name: 'bare hooks', parts: OFF, empty: true }, { name: 'our hooks', parts: HOOKS }],
  [
    { name: 'and places', parts: PLACES },
    { name: 'and polls', parts: POLLS },
    { name: 'and results', parts: ALL },
  ],
];
const nothingAndAll = (settings) => [[NOTHING], [{ name: 'all of us', parts: { ...ALL, settings } }]];
/** Does next to nothing by itself: no server pays more for us. */
const BARE_SERVER = {
  name: 'bare http',
  file: join(import.meta.dirname, '..', 'bench', 'server.cjs'),
  env: {},
};
/** A round is so many measurements in each way. */
const MEASUREMENTS = 10;
const WARM_UP_MS = 12_000;
/** Longer than it is ever asked. */
const LOAD_S = 100_000;
const SLOT_MS = 700;
/** After a switch the first moments are not measured; a new budget is spent on all that comes until it is used up. */
const SETTLE_MS = 250;
const NEW_BUDGET_MS = 3_000;
/** What is left away of the measurements at either end: something else had the machine. */
const TRIMMED = 0.15;

export const parts = question(
  'parts',
  'what each part of us takes of a server under full load in a debug session',
  (measure) => ofEachServer((server) => measure(server, BY_PART, true)),
);
export const allOrNothing = question(
  'all-or-nothing',
  'what all of us takes of a server under full load, in a debug session or not',
  async (measure) => {
    const both = async (server) => [
      await measure(server, nothingAndAll(SETTINGS), false),
      await measure({ ...server, name: `${server.name}, session` }, nothingAndAll(SETTINGS_IN_SESSION), true),
    ];
    return [await both(BARE_SERVER), ...(await ofEachServer(both))].flat();
  },
);

/** @returns {import('./run.mjs').Question} */
function question(name, what, measureAll) {
  return {
    name,
    what,
    measure: (node, { rounds, connections }) =>
      measureAll(async (server, groups, inSession) => {
        const program = await Program.start(node.binary, server, connections, inSession);
        try {
          await wait(WARM_UP_MS);
          const figures = await inTurns(program, groups, rounds * MEASUREMENTS);
          return { server: server.name, ways: groups.flat().map(({ name: way }) => way), figures };
        } finally {
          await program.end();
        }
      }),
    trust: ({ rounds, connections }) =>
      `Means of the middle ${100 * (1 - 2 * TRIMMED)} % of ${rounds * MEASUREMENTS} measurements of ${SLOT_MS / 1_000} s each, with ${connections} connections.`,
    text: (results) => aligned([HEAD, ...results.flatMap(rows)]),
  };
}

const HEAD = [
  'server',
  'with',
  'requests/s',
  '× nothing',
  '±',
  'p99, ms',
  '× nothing',
  '±',
  'CPU of a request, µs',
  '× nothing',
  '±',
];

function rows({ server, ways, figures }) {
  return ways.map((name, way) => {
    const column = (key, scale) => {
      const { times, error } = compared(figures, way, key);
      const share = way === 0 ? ['', ''] : [`× ${times.toFixed(3)}`, error.toFixed(3)];
      return [number(scale * median(figures.map((round) => round[way][key]))), ...share];
    };
    return [server, name, ...column('perSecond', 1), ...column('p99Ms', 1), ...column('cpuMs', 1_000)];
  });
}

/**
 * How one way compares with the first, and the error of that: each measurement with the mean of all ways around it, since
 * the machine changes its speed.
 */
function compared(figures, way, key) {
  const ofWay = (index) =>
    trimmed(
      figures.map((round) => {
        const logs = round.map((each) => Math.log(each[key]));
        return logs[index] - mean(logs);
      }),
    );
  const [first, other] = [ofWay(0), ofWay(way)];
  return { times: Math.exp(other.middle - first.middle), error: Math.hypot(other.error, first.error) };
}

/** Mean of the middle, and its standard error. */
function trimmed(figures) {
  const cut = Math.floor(figures.length * TRIMMED);
  const kept = figures.toSorted((a, b) => a - b).slice(cut, figures.length - cut);
  const middle = mean(kept);
  const variance = mean(kept.map((each) => (each - middle) ** 2));
  return { middle, error: Math.sqrt(variance / kept.length) / (1 - TRIMMED) };
}

/** All ways, round after round; within a group each time another one is the first. */
async function inTurns(program, groups, rounds) {
  const ways = groups.flat();
  const figures = [];
  for (let round = 0; round < rounds; round++) {
    const order = groups.flatMap((group) => rotated(group, round));
    const figure = [];
    for (const way of order) figure[ways.indexOf(way)] = await program.measure(way);
    figures.push(figure);
  }
  return figures;
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** A server under load, in which each part of us can be left away. */
class Program {
  #process;
  #inspector;
  #host;
  #load;
  /** Milliseconds that each answer took which came since a measurement began. */
  #times = [];

  static async start(node, { file, env }, connections, inSession) {
    const program = new Program();
    const { PartsHost } = createRequire(import.meta.url)(
      await builtHost(join(import.meta.dirname, 'partsHost.ts')),
    );
    const attach = async (inspector) => {
      program.#inspector = inspector;
      if (inSession) await asyncStacks(inspector);
    };
    const counter = join(import.meta.dirname, 'parts.cjs');
    program.#process = await MeasuredProcess.start(node, file, { preload, env, attach }, [
      '--require',
      counter,
    ]);
    const { port } = await program.#process.ask({});
    program.#host = await PartsHost.start(program.#inspector.url);
    program.#load = spawn(process.execPath, loadArguments(port, connections, LOAD_S), {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    program.#load.on('message', (times) => program.#times.push(...times));
    return program;
  }

  async measure({ parts: used, empty }) {
    await this.#control('unhook');
    const isNewBudget = await this.#host.use(used);
    if (empty) await this.#control('hook');
    await wait(isNewBudget ? NEW_BUDGET_MS : SETTLE_MS);
    const before = await this.#control('count');
    this.#times = [];
    await wait(SLOT_MS);
    const after = await this.#control('count');
    const answers = after.answers - before.answers;
    return {
      perSecond: (1_000 * answers) / (after.atMs - before.atMs),
      p99Ms: quantile(this.#times, 0.99),
      cpuMs: (after.cpuMs - before.cpuMs) / answers,
    };
  }

  async end() {
    this.#load.kill();
    await this.#host.end();
    await this.#process.end();
  }

  #control(what) {
    return this.#inspector.evaluate(`${CONTROLS}.${what}()`);
  }
}
