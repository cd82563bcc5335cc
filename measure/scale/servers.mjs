import { MODES } from '../bench/modes.mjs';
import { MeasuredProcess } from '../bench/process.mjs';
import { takeTurns } from '../runner/rounds.mjs';
import { median, spread } from '../runner/statistics.mjs';
import { aligned, number, percent } from '../runner/table.mjs';
import { finish } from '../compat/finish.mjs';
import { loadArguments, ofEachServer } from './serverPrograms.mjs';

/** By the way that the hooks and the agent are compared with: what they run beside. */
const COMPARED = [
  ['plain', 'bare hooks', 'agent'],
  ['async stacks', 'bare hooks + async stacks', 'agent + async stacks'],
];
/** V8 has compiled most of it by then. */
const WARM_UP_S = 10;
/** After so many all are started anew: V8 compiles each process a little differently. */
const ROUNDS_OF_A_START = 3;
/** For so long each is asked before it is measured: by then it has spent what it saved for places while it had nothing to do. */
const LEAD_IN_S = 2;

/** @type {import('./run.mjs').Question} */
export const servers = {
  name: 'servers',
  what: 'fastify and express with PostgreSQL and Redis under autocannon, in a debug session and without one',
  measure: (node, { rounds, seconds, connections }) =>
    ofEachServer(async ({ name, file, env }) => {
      const measured = [];
      for (const names of COMPARED) {
        const modes = names.map((each) => MODES.find((mode) => mode.name === each));
        const start = (mode) => Server.start(node.binary, file, { ...mode, env: { ...mode.env, ...env } });
        measured.push(...(await together(modes, start, rounds, seconds, connections)));
      }
      return { server: name, measured };
    }),
  trust: ({ rounds, seconds, connections }) =>
    `Medians of ${rounds} rounds of ${seconds} s with ${connections} connections, between servers that are all up and started anew every ${ROUNDS_OF_A_START} rounds.`,
  text: (results) => aligned([HEAD, ...results.flatMap(rows)]),
};

const HEAD = [
  'server',
  'session',
  'requests/s',
  '× without',
  'p50, ms',
  '× without',
  'p99, ms',
  '× without',
  'CPU, µs',
  '× without',
  'spread: requests/s',
  'p99',
];

function rows({ server, measured }) {
  const names = COMPARED.flat();
  return names.map((mode, index) => {
    const [base] = COMPARED.find((group) => group.includes(mode));
    const without = mode === base ? undefined : measured[names.indexOf(base)];
    const pair = (key, text) => {
      const figures = measured[index].map((each) => each[key]);
      const times = without && median(figures.map((figure, round) => figure / without[round][key]));
      return [text(median(figures)), times === undefined ? '' : `× ${times.toFixed(2)}`];
    };
    const spreadOf = (key) => percent(spread(measured[index].map((each) => each[key])));
    return [
      server,
      mode,
      ...pair('perSecond', number),
      ...pair('p50Ms', (ms) => ms.toFixed(1)),
      ...pair('p99Ms', (ms) => ms.toFixed(1)),
      ...pair('cpuUs', number),
      spreadOf('perSecond'),
      spreadOf('p99Ms'),
    ];
  });
}

/** @returns figures of each mode */
async function together(modes, start, rounds, seconds, connections) {
  const figures = modes.map(() => []);
  for (let left = rounds; left > 0; left -= ROUNDS_OF_A_START) {
    const measured = await ofOneStart(modes, start, Math.min(left, ROUNDS_OF_A_START), seconds, connections);
    for (const [index, each] of measured.entries()) figures[index].push(...each);
  }
  return figures;
}

/** All are up at once and asked in turns, so that a machine that is busy for a while is so for all of them. */
async function ofOneStart(modes, start, rounds, seconds, connections) {
  const servers = [];
  try {
    for (const mode of modes) servers.push(await start(mode));
    for (const server of servers) await server.ask(WARM_UP_S, connections);
    return await takeTurns(servers, rounds, (server) => server.ask(seconds, connections));
  } finally {
    await Promise.all(servers.map((server) => server.end()));
  }
}

class Server {
  #program;
  #port;

  static async start(node, file, mode) {
    const server = new Server();
    server.#program = await MeasuredProcess.start(node, file, mode);
    ({ port: server.#port } = await server.#program.ask({}));
    return server;
  }

  async ask(seconds, connections) {
    await load(this.#port, connections, LEAD_IN_S);
    const before = await this.#program.ask({});
    const { answers, ...figures } = await load(this.#port, connections, seconds);
    const after = await this.#program.ask({});
    return { ...figures, cpuUs: ((after.cpuMs - before.cpuMs) * 1_000) / answers };
  }

  end() {
    return this.#program.end();
  }
}

/** By a process of its own. */
async function load(port, connections, seconds) {
  const { code, stdout, stderr } = await finish(process.execPath, loadArguments(port, connections, seconds));
  if (code !== 0) throw new Error(`the load failed:\n${stderr}`);
  const result = JSON.parse(stdout);
  if (result.failed > 0) throw new Error(`${result.failed} requests were not answered`);
  return result;
}
