// npm run session-speed                    what a debug session in VS Code leaves of a server's requests, with us and without
// npm run session-speed -- --rounds 3 bare  of one server, more quickly
// npm run session-speed -- --write          and write the table into docs/PERFORMANCE.md
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireAgent } from '../bench/modes.mjs';
import { runMain, whole } from '../runner/options.mjs';
import { median, spread } from '../runner/statistics.mjs';
import { aligned, number, percent } from '../runner/table.mjs';
import { writeSection } from '../runner/documentSection.mjs';
import { nodeBinaries } from '../../scripts/nodeBinaries.mjs';
import { runInVsCode } from '../../scripts/runInVsCode.ts';
import { ofEachServer } from '../scale/serverPrograms.mjs';
import { buildExtensionHostModules } from '../../scripts/vscodeModules.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const BARE = { name: 'bare', file: join(PROJECT, 'measure/bench/server.cjs'), env: {}, path: '/' };

const HEAD = [
  'server',
  'way',
  'requests/s',
  '× plain',
  '× session',
  'with a breakpoint',
  '× session',
  'spread',
];

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      node: { type: 'string', default: '24' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '20' },
      write: { type: 'boolean', default: false },
    },
  });
  requireAgent();
  const [node] = await nodeBinaries(values.node);
  const options = {
    node: node.binary,
    client: process.execPath,
    rounds: whole('rounds', values.rounds),
    seconds: whole('seconds', values.seconds),
    connections: whole('connections', values.connections),
  };
  const { sessions } = await buildExtensionHostModules();
  const isAsked = (name) => positionals.length === 0 || positionals.some((asked) => name.startsWith(asked));
  const rows = isAsked(BARE.name)
    ? rowsOf(BARE.name, await measure(sessions, { ...options, server: BARE }))
    : [];
  if (positionals.length === 0 || positionals.some((asked) => asked !== BARE.name)) {
    const others = await ofEachServer(async ({ name, file, env }) =>
      isAsked(name)
        ? rowsOf(name, await measure(sessions, { ...options, server: { file, env, path: '/cart/7' } }))
        : [],
    );
    rows.push(...others.flat());
  }
  const trust = `Medians of ${options.rounds} rounds of ${options.seconds} s with ${options.connections} connections, between servers that are all up. At the end ${loadavg()[1].toFixed(1)} programs wanted to run on ${cpus().length} processors.`;
  const markdown = [`#### Sessions, Node ${node.version}`, trust, aligned([HEAD, ...rows])].join('\n\n');
  process.stdout.write(`${markdown}\n`);
  if (values.write) await writeSection('PERFORMANCE.md', markdown, 'sessions');
}

/** In a VS Code of its own. */
async function measure(entry, options) {
  const folder = mkdtempSync(join(tmpdir(), 'nad-speed-'));
  const results = join(folder, 'results.json');
  try {
    const code = await runInVsCode({
      extension: PROJECT,
      entry,
      folder: join(PROJECT, 'examples'),
      env: { SESSION_SPEED: JSON.stringify({ ...options, results }) },
    });
    if (code !== 0) throw new Error(`VS Code ended with exit code ${code}`);
    return JSON.parse(readFileSync(results, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {{ without: Record<string, number[]>, withBreakpoint: Record<string, number[]> }} figures by way */
function rowsOf(server, { without, withBreakpoint }) {
  const ratio = (figures, base) => `× ${median(figures.map((each, round) => each / base[round])).toFixed(2)}`;
  return Object.entries(without).map(([way, figures]) => {
    const after = withBreakpoint[way];
    return [
      server,
      way,
      number(median(figures)),
      ratio(figures, without.plain),
      way === 'plain' ? '' : ratio(figures, without.session),
      after === undefined ? '' : number(median(after)),
      after === undefined ? '' : ratio(after, withBreakpoint.session),
      percent(spread(figures)),
    ];
  });
}

runMain(main);
