// Holds the agent against random programs that know what they wait for, over more of them than the tests do.
import { parseArgs } from 'node:util';
import { BLIND_SPOTS, type BlindSpot } from '../test/agent/oracle/blindSpots.js';
import { type Report } from '../test/agent/oracle/report.js';
import { type Budget, runOracle } from '../test/agent/oracle/run.js';
import { nodesUnderTest } from '../test/support/nodeVersions.js';

const USAGE = `npm run oracle -- [options]

  --seeds 1000     programs for each version of Node
  --first 1        number of the first of them
  --node 22,24     versions of Node; all of them by default
  --budget 1       share of the time that may go into stacks; below 1 more is unknown;
                   random: a matter of chance at each stack
  --late           the agent goes and comes again now and then
  --debugger       stacks are dear, as in a debug session
  --agent FILE     another bundle of the agent than dist/agent.js
`;

const COLUMNS = [
  'Node',
  'programs',
  'moments',
  'tasks',
  'wrong links',
  'wrong sites',
  'wrong callers',
  'unknown',
  'unexplained',
];
/** Differences shown for each version. */
const SHOWN = 5;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      first: { type: 'string', default: '1' },
      node: { type: 'string' },
      budget: { type: 'string', default: '1' },
      late: { type: 'boolean', default: false },
      debugger: { type: 'boolean', default: false },
      agent: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const majors = values.node?.split(',').map(Number);
  const nodes = nodesUnderTest().filter(({ major }) => majors?.includes(major) ?? true);
  if (nodes.length === 0) throw new Error(`none of the versions of Node under test is ${values.node}`);
  const budget: Budget = values.budget === 'random' ? 'random' : Number(values.budget);
  const spots = Object.keys(BLIND_SPOTS) as BlindSpot[];
  console.log(row([...COLUMNS, ...spots]));
  let failed = false;
  for (const node of nodes) {
    const options = {
      node: node.path,
      first: Number(values.first),
      seeds: Number(values.seeds),
      budget,
      late: values.late,
      hasDebugger: values.debugger,
      agent: values.agent,
    };
    const report = await runOracle(options);
    console.log(
      row([String(node.major), ...counts(report), ...spots.map((spot) => count(report.bySpot.get(spot)))]),
    );
    for (const text of report.texts.slice(0, SHOWN)) console.log(`  ${text}`);
    failed ||=
      report.wrongLinks + report.wrongSites + report.wrongCallers > 0 ||
      (budget !== 'random' && budget >= 1 && report.unexplained > 0);
  }
  if (failed) process.exitCode = 1;
}

function counts(report: Report): string[] {
  const {
    programs,
    moments,
    tasks,
    wrongLinks,
    wrongSites,
    wrongCallers,
    unknown,
    unknownShare,
    unexplained,
  } = report;
  return [
    ...[programs, moments, tasks, wrongLinks, wrongSites, wrongCallers].map(count),
    `${count(unknown)} (${unknownShare} %)`,
    count(unexplained),
  ];
}

function count(value: number | undefined): string {
  return (value ?? 0).toLocaleString('en');
}

function row(cells: string[]): string {
  return cells.map((cell, i) => cell.padStart(i === 0 ? 4 : i === 6 ? 19 : 13)).join(' ');
}

void main();
