import { parseArgs } from 'node:util';
import { writeSection } from '../runner/documentSection.mjs';
import { runMain } from '../runner/options.mjs';
import { nodeBinaries } from '../../scripts/nodeBinaries.mjs';
import { differences } from './compare.mjs';
import { finish } from './finish.mjs';
import { packageVersion, programsFolder } from './folder.mjs';
import { observe } from './observe.mjs';
import { freePort } from './ports.mjs';
import { PROGRAMS } from './programs.mjs';
import { resultTable } from './resultTable.mjs';
import { Services } from './services.mjs';
import { WAYS, startOf, withoutReports } from './ways.mjs';

const USAGE = `node measure/compat/run.mjs [options] [program …]

Runs programs that know nothing of us, without us and with us, and compares what somebody outside sees:
output, end, and answers. Without names it runs them all: ${PROGRAMS.map(({ name }) => name).join(', ')}

  --node 20,24       Node versions
  --ways agent,cli   how they are run with us
  --write            write docs/COMPATIBILITY.md (needs every program)
`;

/**
 * @typedef {object} Result
 * @property {import('./programs.mjs').Program} program
 * @property {string} node       version
 * @property {import('./ways.mjs').Way} way
 * @property {string[]} problems none: the same as without us
 */

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      node: { type: 'string', default: '20,24' },
      ways: { type: 'string', default: WAYS.join(',') },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const programs = chosen(PROGRAMS, positionals, ({ name }) => name);
  const ways = chosen(WAYS, values.ways.split(','), (way) => way);
  if (values.write && (programs.length < PROGRAMS.length || ways.length < WAYS.length))
    throw new Error('--write needs every program and every way: leave out the names');
  const nodes = await nodeBinaries(values.node);
  const folder = await programsFolder();
  const services = new Services();
  /** @type {Result[]} */
  const results = [];
  try {
    for (const node of nodes)
      for (const program of programs)
        for (const result of await check(program, node, ways, folder, services)) {
          results.push(result);
          report(result);
        }
  } finally {
    await services.stop();
  }
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  const versionOf = (name) => packageVersion(folder, name);
  if (values.write) await writeSection('COMPATIBILITY.md', resultTable(results, versionOf));
  process.exitCode = failed === 0 ? 0 : 1;
}

/** One program on one Node, in each way. What keeps it from running at all is its problem in each. */
async function check(program, { version, binary }, ways, folder, services) {
  const compared = async (way) => {
    try {
      return await problemsOf(program, binary, way, folder, services);
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  };
  const results = [];
  for (const way of ways) results.push({ program, node: version, way, problems: await compared(way) });
  return results;
}

async function problemsOf(program, binary, way, folder, services) {
  const service = program.service === undefined ? undefined : await services.start(program.service);
  if (program.build !== undefined) {
    const { code, stdout, stderr } = await finish(binary, program.build, { cwd: folder });
    if (code !== 0) throw new Error(`building it failed:\n${stdout}${stderr}`);
  }
  const port = program.port ?? (await freePort());
  const place = { folder, port, url: `http://127.0.0.1:${port}` };
  const variables = { PORT: String(port) };
  if (service !== undefined) variables[program.serviceVariable] = service.url;
  const run = async (each) => {
    await service?.reset();
    try {
      return await observe(program, place, startOf(each, binary, program.args(place), variables));
    } catch (error) {
      throw new Error(`${each}: ${error.message}`, { cause: error });
    }
  };
  const expected = await run('plain');
  const problems = differences(expected, withoutReports(await run(way)), program.inAnyOrder);
  if (problems.length === 0) return [];
  const unstable = differences(expected, await run('plain'), program.inAnyOrder);
  return unstable.length === 0 ? problems : unstable.map((line) => `differs from itself without us: ${line}`);
}

function report({ program, node, way, problems }) {
  const line = `${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${node.padEnd(8)}  ${way.padEnd(5)}  ${program.name}`;
  process.stdout.write([line, ...problems.map((problem) => `        ${problem}`), ''].join('\n'));
}

function chosen(all, names, nameOf) {
  const missing = names.filter((name) => !all.some((each) => nameOf(each) === name));
  if (missing.length > 0)
    throw new Error(`There is no ${missing.join(', ')}; there are ${all.map(nameOf).join(', ')}`);
  return names.length === 0 ? all : all.filter((each) => names.includes(nameOf(each)));
}

runMain(main);
