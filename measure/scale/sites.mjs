import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tsImport } from 'tsx/esm/api';
import { Host } from '../bench/host.mjs';
import { asyncStacks, IN_SESSION, MODES, SETTINGS, SETTINGS_IN_SESSION } from '../bench/modes.mjs';
import { MeasuredProcess } from '../bench/process.mjs';
import { takeTurns } from '../runner/rounds.mjs';
import { median, spread } from '../runner/statistics.mjs';
import { aligned, number, percent } from '../runner/table.mjs';

const RATES = [5_000, 20_000, 50_000, 200_000];
/** Without a debugger. The last is ours, as it is in a debug session. */
const ALONE = ['plain', 'bare hooks', 'agent'];
const COMPARED = [...ALONE, ...IN_SESSION];
const WARM_UP_MS = 3_000;
const SAMPLE_MS = 250;

/** @type {import('./run.mjs').Question} */
export const sites = {
  name: 'sites',
  what: 'for how many live tasks the place is known at which they wait, by promises made in a second',
  async measure(node, { rounds, seconds }) {
    const modes = COMPARED.map((name) => MODES.find((mode) => mode.name === name));
    const rows = [];
    for (const perSecond of RATES) {
      const measured = await takeTurns(modes, rounds, (mode) => pace(node.binary, mode, perSecond, seconds));
      rows.push({ perSecond, measured });
    }
    return rows;
  },
  trust: ({ rounds, seconds }) => `Medians of ${rounds} rounds of ${seconds} s, with four samples a second.`,
  text: (rows) => aligned([HEAD, ...rows.map(row)]),
};

const HEAD = [
  'promises a second',
  'made',
  'plain, of a core',
  'bare hooks',
  'agent',
  'live tasks',
  'place known',
  'worst',
  'session, of a core',
  'agent in it',
  'place known',
  'worst',
  'spread of CPU',
];

function row({ perSecond, measured }) {
  const of = (mode) => measured[COMPARED.indexOf(mode)];
  const core = (mode) => of(mode).map((round) => round.core);
  const added = (mode, base) => {
    const without = core(base);
    return signed(median(core(mode).map((share, round) => share - without[round])));
  };
  const samples = (mode) => of(mode).flatMap((round) => round.samples);
  const known = (mode) => {
    const shares = samples(mode).map((sample) => sample.known / sample.live);
    return [percent(Math.min(1, median(shares))), percent(Math.min(1, ...shares))];
  };
  const [plain, hooks, agent] = ALONE;
  const [session, agentInSession] = IN_SESSION;
  return [
    number(perSecond),
    number(median(of(agent).map((round) => round.made))),
    tenths(median(core(plain))),
    added(hooks, plain),
    added(agent, plain),
    number(median(samples(agent).map(({ live }) => live))),
    ...known(agent),
    tenths(median(core(session))),
    added(agentInSession, session),
    ...known(agentInSession),
    percent(Math.max(...COMPARED.map((mode) => spread(core(mode))))),
  ];
}

function tenths(share) {
  return `${(share * 100).toFixed(1)} %`;
}

function signed(share) {
  return `${share < 0 ? '' : '+'}${tenths(share)}`;
}

async function pace(node, mode, perSecond, seconds) {
  let known;
  const attach = async (inspector) => {
    const inSession = IN_SESSION.includes(mode.name);
    if (inSession) await asyncStacks(inspector);
    const settings = inSession ? SETTINGS_IN_SESSION : SETTINGS;
    if (mode.name.startsWith('agent')) known = await KnownSites.begin(inspector, settings);
    return known;
  };
  const started = await MeasuredProcess.start(
    node,
    join(import.meta.dirname, 'paced.cjs'),
    mode.attach === undefined ? mode : { ...mode, attach },
  );
  try {
    await started.ask({ perSecond });
    await wait(WARM_UP_MS);
    const before = await started.ask({});
    const samples = [];
    for (let left = (seconds * 1_000) / SAMPLE_MS; left > 0; left--) {
      await wait(SAMPLE_MS);
      if (known !== undefined) samples.push(await known.sample());
    }
    const after = await started.ask({});
    const tookMs = after.atMs - before.atMs;
    return {
      core: (after.cpuMs - before.cpuMs) / tookMs,
      made: ((after.made - before.made) * 1_000) / tookMs,
      samples,
    };
  } finally {
    await started.end();
  }
}

/** A host that remembers of every live task whether the place of its await is known. */
class KnownSites {
  #inspector;
  #host;
  #graph;
  #read;
  #tables = { scripts: 0, sites: 0 };

  static async begin(inspector, settings) {
    const { AwaitGraph } = await tsImport('../../src/model/tasks/awaitGraph.ts', import.meta.url);
    const { readPoll } = await tsImport('../../src/model/wire/wireReader.ts', import.meta.url);
    const sites = new KnownSites(inspector, new AwaitGraph(() => {}), readPoll);
    await sites.#host.begin(settings);
    return sites;
  }

  constructor(inspector, graph, read) {
    this.#inspector = inspector;
    this.#graph = graph;
    this.#read = read;
    this.#host = new Host(inspector, (poll) => this.#take(poll));
  }

  /** Tasks that live now by what the program itself says, and those of them whose place is known. */
  async sample() {
    await this.#host.heard();
    const [live] = await Promise.all([this.#inspector.evaluate('liveTasks()'), this.#host.heard()]);
    return { live, known: this.#known() };
  }

  heard() {
    return this.#host.heard();
  }

  end() {
    this.#host.end();
  }

  #take(sent) {
    const poll = this.#read(sent, this.#tables);
    this.#tables.scripts += poll.scripts.length;
    this.#tables.sites += poll.sites.length;
    this.#graph.put(poll);
    this.#graph.remove(poll);
  }

  #known() {
    let known = 0;
    for (const { kind, state, await: place = 0 } of this.#graph.entries())
      if (kind === 'function' && state !== 'running' && place > 0) known++;
    return known;
  }
}
