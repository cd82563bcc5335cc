import { cpSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { finish } from '../compat/finish.mjs';
import { packageVersion, programsFolder } from '../compat/folder.mjs';
import { Services } from '../compat/services.mjs';
import { built } from '../compat/ways.mjs';
import { writeSection } from '../runner/documentSection.mjs';
import { runMain } from '../runner/options.mjs';
import { nodeBinaries } from '../../scripts/nodeBinaries.mjs';
import { Application } from './application.mjs';
import { isWrong, oneOfEach, resultSection, resultText } from './results.mjs';
import { ROUTES, countLeaves, requestsOf } from './routes.mjs';
import { PROGRAMS, SERVERS, awaitPlaces } from './servers.mjs';
import { Supplier } from './supplier.mjs';
import { Judge } from './verdict.mjs';

/** PostgreSQL has 100 connections, and a third of the requests takes one each. */
const MAX_REQUESTS = 270;

const USAGE = `node measure/applicationGraph/run.mjs [options] [server …]

Holds real servers in the middle of many requests, each of which waits for PostgreSQL, for Redis or for another
service, and checks what the command line tool says of every one. Without names it runs all the servers:
${SERVERS.map(({ name }) => name).join(', ')}

  --requests 200   in flight at once, up to ${MAX_REQUESTS}
  --node 24        Node versions
  --libraries safe operations of libraries that are shown: safe, all or off
  --write          write the figures into docs/APPLICATION.md (needs every server)
`;

/**
 * What was found of one server on one Node.
 *
 * @typedef {object} Result
 * @property {string} server  with its version
 * @property {string} node    version
 * @property {{ request: import('./routes.mjs').Request, verdict: import('./verdict.mjs').Verdict, why?: string }[]} judged
 * @property {{ records: number, sites: number }} dropped  what the agent has left out
 * @property {string} tree    of one request of each route, as the tool prints it
 */

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      requests: { type: 'string', default: '200' },
      node: { type: 'string', default: '24' },
      libraries: { type: 'string', default: 'safe' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const servers = chosen(positionals);
  if (values.write && servers.length < SERVERS.length)
    throw new Error('--write needs every server: leave out the names');
  const count = requestCount(values.requests);
  const nodes = await nodeBinaries(values.node);
  const folder = await workFolder();
  const services = new Services();
  /** @type {Result[]} */
  const results = [];
  try {
    for (const node of nodes)
      for (const server of servers) {
        const requests = requestsOf(count, (name) => name in server.awaits);
        const result = await check(server, node, requests, folder, services, values.libraries);
        process.stdout.write(resultText(result));
        results.push(result);
      }
  } finally {
    await services.stop();
  }
  if (values.write) await writeSection('APPLICATION.md', resultSection(results));
  process.exitCode = results.some(isWrong) ? 1 : 0;
}

/** The packages of the compatibility run, and beside them the servers. */
async function workFolder() {
  const folder = await programsFolder();
  const programs = programsIn(folder);
  rmSync(programs, { recursive: true, force: true });
  cpSync(PROGRAMS, programs, { recursive: true });
  return folder;
}

function programsIn(folder) {
  return join(folder, 'applicationGraph');
}

/** @returns {Promise<Result>} */
async function check(server, node, requests, folder, services, libraries) {
  if (server.build !== undefined) await succeed(node.binary, server.build, folder);
  const [postgres, redis, mysql] = await Promise.all([
    services.start('postgres'),
    services.start('redis'),
    services.start('mysql'),
  ]);
  await redis.reset();
  const supplier = await Supplier.start();
  let application;
  try {
    application = await Application.start(node.binary, join(programsIn(folder), server.main), folder, {
      DATABASE_URL: postgres.url,
      MYSQL_URL: mysql.url,
      REDIS_URL: redis.url,
      SUPPLIER_URL: supplier.url,
      CONNECTIONS: String(countLeaves(requests, 'query')),
      SQL_CONNECTIONS: String(countLeaves(requests, 'statement')),
    });
    const look = (...words) =>
      succeed(
        process.execPath,
        [built('cli.js'), 'pstree', '--libraries', libraries, ...words, application.inspector],
        folder,
      );
    // libraries tell what begins once somebody listens
    await look();
    await application.load(
      requests.map(({ path }) => path),
      (held) => isDeepStrictEqual({ ...held, call: supplier.held }, heldBy(requests)),
    );
    const [{ tasks, dropped }] = JSON.parse(await look('--json')).processes;
    const addresses = {
      query: hostOf(postgres.url),
      pop: hostOf(redis.url),
      session: hostOf(redis.url),
      statement: hostOf(mysql.url),
      call: hostOf(supplier.url),
    };
    const judge = new Judge(tasks, realpathSync(programsIn(folder)), addresses);
    const judged = requests.map((request) => ({
      request,
      ...judge.judge({
        path: request.path,
        places: awaitPlaces(server, request.route.name),
        leaves: request.route.leaves(request.path),
      }),
    }));
    return {
      server: `${server.name} ${packageVersion(folder, server.package)}${libraries === 'safe' ? '' : `, --libraries ${libraries}`}`,
      node: node.version,
      judged,
      dropped,
      tree: oneOfEach(await look()),
    };
  } finally {
    await application?.stop();
    supplier.stop();
  }
}

/** How many leaves of each kind the requests have: what is unanswered when all of them wait. */
function heldBy(requests) {
  const kinds = ['query', 'pop', 'call', 'connection', 'statement', 'session'];
  return Object.fromEntries(kinds.map((kind) => [kind, countLeaves(requests, kind)]));
}

function hostOf(url) {
  return new URL(url).host;
}

async function succeed(command, args, cwd) {
  const { code, stdout, stderr } = await finish(command, args, { cwd });
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

function chosen(names) {
  const missing = names.filter((name) => !SERVERS.some((server) => server.name === name));
  if (missing.length > 0)
    throw new Error(
      `There is no ${missing.join(', ')}; there are ${SERVERS.map(({ name }) => name).join(', ')}`,
    );
  return names.length === 0 ? SERVERS : SERVERS.filter(({ name }) => names.includes(name));
}

function requestCount(text) {
  const count = Number(text);
  if (Number.isInteger(count) && count >= ROUTES.length && count <= MAX_REQUESTS) return count;
  throw new Error(`--requests takes a whole number from ${ROUTES.length} to ${MAX_REQUESTS}, not "${text}"`);
}

runMain(main);
