import { aligned } from '../runner/table.mjs';
import { ROUTES } from './routes.mjs';

/** @type {Record<import('./verdict.mjs').Verdict, string>} */
const COLUMNS = {
  operation: 'right, the operation',
  promise: "right, the library's promise",
  unknown: 'unknown',
  wrong: 'wrong',
  missing: 'no row',
};

/**
 * @param {import('./run.mjs').Result} result
 * @returns {boolean} whether something false was shown, or a request not at all
 */
export function isWrong({ judged }) {
  return judged.some(({ verdict }) => verdict === 'wrong' || verdict === 'missing');
}

/** @param {import('./run.mjs').Result} result */
export function resultText(result) {
  return `${[title(result), table(result), notes(result), result.tree].join('\n\n')}\n\n`;
}

/**
 * @param {import('./run.mjs').Result[]} results
 * @returns {string} Markdown
 */
export function resultSection(results) {
  const sections = results.map((result) => `### ${title(result)}\n\n${table(result)}\n\n${notes(result)}`);
  const [{ server, node, tree }] = results;
  return `${sections.join('\n\n')}\n\n### One request of each route: ${server}, Node ${node}\n\n\`\`\`\n${tree}\n\`\`\``;
}

/**
 * @param {string} tree as the tool prints it
 * @returns {string} one request of each route, with what is below it
 */
export function oneOfEach(tree) {
  const [, ...blocks] = tree.split(/^ {2}(?=\S)/m);
  return ROUTES.flatMap(({ name }) => blocks.find((block) => block.startsWith(`GET /${name}/`)) ?? [])
    .map((block) => block.trimEnd().replace(/^ {2}/gm, ''))
    .join('\n');
}

function title({ server, node, judged }) {
  return `${server}, Node ${node}: ${judged.length} requests`;
}

function table({ judged }) {
  const verdicts = Object.keys(COLUMNS);
  const row = (name, what, some) => [
    name,
    what,
    ...verdicts.map((verdict) => String(some.filter((each) => each.verdict === verdict).length)),
  ];
  const rows = ROUTES.map((route) =>
    row(
      route.name,
      route.what,
      judged.filter((each) => each.request.route === route),
    ),
  );
  return aligned([['route', 'waits for', ...Object.values(COLUMNS)], ...rows, row('all', '', judged)]);
}

/** What was left out, then each reason once for each route, with how often. */
function notes({ judged, dropped }) {
  const counts = new Map();
  for (const { request, verdict, why } of judged) {
    if (why === undefined) continue;
    const line = `${request.route.name}, ${verdict}: ${why.replace(/\/\d+/g, '/*')}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const reasons = [...counts].map(([line, count]) => `- ${count} × ${line}`);
  return [`- not recorded: ${dropped.sites} places, ${dropped.records} tasks`, ...reasons].join('\n');
}
