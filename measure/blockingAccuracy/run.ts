// Proves what the blocking monitor says, against programs that know the truth.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../../scripts/cacheFolder.js';
import { installNode, NODE_VERSIONS } from '../../scripts/nodeVersions.js';
import { type CostResult, measureCosts } from './costs.js';
import { type AlarmResult, countFalseAlarms } from './falseAlarms.js';
import { PROGRAMS } from './folders.js';
import { observe, observePeer, type Observation } from './observe.js';
import { installPeers } from './peers.js';
import { DURATIONS_MS, plansOf, QUICK_DURATIONS_MS } from './selection.js';
import {
  type AccuracyResult,
  accuracySection,
  alarmSection,
  costSection,
  mistakes,
  type PeerResult,
  peerSection,
} from './tables.js';
import { generateTree } from './tree.js';
import { judge, type Judged } from './verdict.js';

const PARTS = ['accuracy', 'peers', 'alarms', 'costs'];

const USAGE = `npm run blocking-accuracy -- [options]

Blocks the event loop in many ways and holds what is reported against what the programs themselves know; does the
same with what else people use; counts false alarms of a healthy server; measures what the monitor costs.

  --node 18,20,22,24,26   versions of Node
  --parts accuracy,peers  ${PARTS.join(', ')}; all of them by default
  --rounds 1              how often every kind blocks for every duration; throughput is measured five times as often
  --minutes 10            how long a healthy server is watched
  --quick                 one duration, one minute, one measurement of throughput
  --write                 write the tables into docs/BLOCKING.md
`;

const MEASUREMENTS = 5;
const IDLE_SECONDS = 60;
const QUICK_IDLE_SECONDS = 10;
const PAUSE_MS = 10_000;
const QUICK_PAUSE_MS = 5_000;

interface Options {
  rounds: number;
  minutes: number;
  isQuick: boolean;
  folder: string;
  agent: string;
  /** Tells programs of the large tree of modules. */
  env: Record<string, string>;
}

interface Node {
  version: string;
  binary: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'string' },
      parts: { type: 'string', default: PARTS.join(',') },
      rounds: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const parts = chosenParts(values.parts);
  const nodes = await chosenNodes(values.node);
  const built = join(PROJECT, 'dist');
  if (!existsSync(join(built, 'agent.js')))
    throw new Error('dist/agent.js is missing: run "npm run build" first');
  const folder = mkdtempSync(join(tmpdir(), 'blocking-accuracy-'));
  try {
    const agent = join(folder, 'agent.js');
    // a build while this runs changes nothing
    for (const name of ['agent.js', 'agent.body.js']) cpSync(join(built, name), join(folder, name));
    const options: Options = {
      rounds: whole('--rounds', values.rounds),
      minutes: whole('--minutes', values.minutes ?? (values.quick ? '1' : '10')),
      isQuick: values.quick,
      folder,
      agent,
      env: generateTree(folder),
    };
    const sections: Record<string, () => Promise<string>> = {
      accuracy: async () => accuracySection(await accuracy(nodes, options)),
      peers: async () => peerSection(await peerAccuracy(nodes, options)),
      alarms: async () => alarmSection(await falseAlarms(nodes, options)),
      costs: async () => costSection(await costs(nodes, options)),
    };
    const { writeSection } = await import('../runner/documentSection.mjs');
    for (const part of parts) {
      const markdown = (await sections[part]?.()) ?? '';
      process.stdout.write(`\n${markdown}\n\n`);
      if (values.write) await writeSection('BLOCKING.md', markdown, part);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function accuracy(nodes: readonly Node[], options: Options): Promise<AccuracyResult[]> {
  const results: AccuracyResult[] = [];
  const preloads = [join(PROGRAMS, 'clock.cjs'), options.agent];
  for (const node of nodes) {
    const judged: Judged[] = [];
    for (const plan of plans(node, options)) {
      const way = { node: node.binary, preloads, env: options.env };
      const seen = await orFailed(node, observe(plan, way));
      if (seen === undefined) continue;
      const found = judge(seen);
      for (const line of mistakes(found)) process.stdout.write(`Node ${node.version}: ${line}\n`);
      judged.push(found);
    }
    results.push({ node: node.version, judged });
  }
  return results;
}

/** One program that fails must not cost the results of all the others. */
async function orFailed({ version }: Node, seen: Promise<Observation>): Promise<Observation | undefined> {
  try {
    return await seen;
  } catch (error) {
    process.stderr.write(`Node ${version}: ${String(error)}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

async function peerAccuracy(nodes: readonly Node[], options: Options): Promise<PeerResult[]> {
  const results: PeerResult[] = [];
  for (const { name, preload, env } of await installPeers())
    for (const node of nodes) {
      const judged: Judged[] = [];
      const preloads = [join(PROGRAMS, 'clock.cjs'), preload];
      for (const plan of plans(node, options)) {
        const way = { node: node.binary, preloads, env: { ...options.env, ...env } };
        const seen = await orFailed(node, observePeer(plan, way));
        if (seen !== undefined) judged.push(judge(seen));
      }
      results.push({ name, node: node.version, judged });
    }
  return results;
}

async function falseAlarms(
  nodes: readonly Node[],
  { agent, minutes, isQuick }: Options,
): Promise<(AlarmResult & { node: string })[]> {
  const results: (AlarmResult & { node: string })[] = [];
  for (const { version, binary } of nodes) {
    const way = { node: binary, preloads: [agent] };
    const found = await countFalseAlarms(way, minutes, isQuick ? QUICK_PAUSE_MS : PAUSE_MS);
    for (const { message } of found.alarms)
      process.stdout.write(`Node ${version}: false alarm: ${message}\n`);
    results.push({ node: version, ...found });
  }
  return results;
}

async function costs(nodes: readonly Node[], { agent, rounds, isQuick }: Options): Promise<CostResult[]> {
  const peers = await installPeers();
  const results: CostResult[] = [];
  for (const node of nodes)
    results.push(
      ...(await measureCosts(node, agent, peers, {
        rounds: isQuick ? 1 : rounds * MEASUREMENTS,
        idleSeconds: isQuick ? QUICK_IDLE_SECONDS : IDLE_SECONDS,
      })),
    );
  return results;
}

/** Other places for each version and round. */
function plans({ version }: Node, { rounds, isQuick }: Options): ReturnType<typeof plansOf> {
  const shift = NODE_VERSIONS.indexOf(version);
  return Array.from({ length: rounds }, (_, round) =>
    plansOf(shift + round * NODE_VERSIONS.length, isQuick ? QUICK_DURATIONS_MS : DURATIONS_MS),
  ).flat();
}

async function chosenNodes(wanted: string | undefined): Promise<Node[]> {
  const majors = wanted?.split(',');
  const versions = NODE_VERSIONS.filter((version) => majors?.includes(version.split('.')[0] ?? '') ?? true);
  if (versions.length === 0) throw new Error(`None of the versions under test is ${wanted ?? ''}`);
  const found: Node[] = [];
  for (const version of versions) found.push({ version, binary: await installNode(version) });
  return found;
}

function chosenParts(list: string): string[] {
  const parts = list.split(',');
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${PARTS.join(', ')}`);
  return parts;
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${option} takes a whole number above 0, not "${text}"`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
