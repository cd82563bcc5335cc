import { parseArgs } from 'node:util';
import { requireAgent } from '../bench/modes.mjs';
import { writeSection } from '../runner/documentSection.mjs';
import { nodeBinaries } from '../../scripts/nodeBinaries.mjs';
import { named, positive, runMain, whole } from '../runner/options.mjs';
import { events } from './events.mjs';
import { hostile } from './hostile.mjs';
import { allOrNothing, parts } from './parts.mjs';
import { pending } from './pending.mjs';
import { servers } from './servers.mjs';
import { sites } from './sites.mjs';
import { start } from './start.mjs';
import { workers } from './workers.mjs';

/**
 * Something that is measured by itself and has a table of its own in the document.
 *
 * @typedef {object} Question
 * @property {string} name  also of its section
 * @property {string} what
 * @property {(node: { version: string, binary: string }, options: Options) => Promise<any>} measure
 * @property {(options: Options) => string} trust  what the figures are, for people
 * @property {(result: any, options: Options) => string} text  Markdown
 *
 * @typedef {object} Options
 * @property {number} rounds       measurements of each thing in each mode, taken in turns
 * @property {number} seconds      for which a server is asked, or a paced program or worker runs
 * @property {number} connections  to a server
 * @property {number} pending      promises
 * @property {number} perSecond    promises
 * @property {number} minutes      for which they are made
 * @property {number[]} workers
 */

/** @type {Question[]} */
const QUESTIONS = [servers, allOrNothing, parts, hostile, sites, pending, events, workers, start];

const USAGE = `node measure/scale/run.mjs [options] [question …]

Measures what programs pay for us that ask much of us. Without names it asks everything:

${QUESTIONS.map(({ name, what }) => `  ${name.padEnd(20)}${what}`).join('\n')}

  --node 24            Node versions
  --rounds 5           measurements of each thing in each mode
  --seconds 6          for which a server is asked, or a paced program or worker runs
  --connections 50     to a server
  --pending 1000000    promises
  --per-second 1000000 promises
  --minutes 2          for which they are made
  --workers 1,4,16     threads
  --write              write the tables into docs/PERFORMANCE.md
`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      node: { type: 'string', default: '24' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '6' },
      connections: { type: 'string', default: '50' },
      pending: { type: 'string', default: '1000000' },
      'per-second': { type: 'string', default: '1000000' },
      minutes: { type: 'string', default: '2' },
      workers: { type: 'string', default: '1,4,16' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const chosen = positionals.length === 0 ? QUESTIONS : named(QUESTIONS, positionals);
  const options = {
    rounds: whole('rounds', values.rounds),
    seconds: whole('seconds', values.seconds),
    connections: whole('connections', values.connections),
    pending: whole('pending', values.pending),
    perSecond: whole('per-second', values['per-second']),
    minutes: positive('minutes', values.minutes),
    workers: values.workers.split(',').map((each) => whole('workers', each)),
  };
  requireAgent();
  const nodes = await nodeBinaries(values.node);
  for (const question of chosen) {
    const sections = [];
    for (const node of nodes) {
      const result = await question.measure(node, options);
      const heading = `#### ${title(question.name)}, Node ${node.version}`;
      sections.push([heading, question.trust(options), question.text(result, options)].join('\n\n'));
    }
    const markdown = sections.join('\n\n');
    process.stdout.write(`${markdown}\n\n`);
    if (values.write) await writeSection('PERFORMANCE.md', markdown, question.name);
  }
}

function title(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

runMain(main);
