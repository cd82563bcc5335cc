import { DISTURBANCES } from './disturbances.js';
import type { AlarmResult } from './falseAlarms.js';
import type { CostResult } from './costs.js';
import { KINDS } from './kinds.js';
import { mustBeCaught, scoresOf, type Scores, type Share } from './scores.js';
import { PLACES } from './selection.js';
import type { Judged } from './verdict.js';

/** Blocks of one version of Node, seen by this product or by a peer. */
export interface AccuracyResult {
  node: string;
  judged: Judged[];
}

export interface PeerResult extends AccuracyResult {
  name: string;
}

const HEAD = [
  'blocks',
  'caught',
  'right line',
  'line or function',
  'JavaScript line',
  'duration',
  'cause',
  'named',
  'untrue',
];
const GOALS = ['goal', '', '99 %', '95 %', '', '100 %', '', '95 %', '', '0'];

export async function accuracySection(results: readonly AccuracyResult[]): Promise<string> {
  const all = results.flatMap(({ judged }) => judged);
  const byNode = results.map(({ node, judged }) => [node, ...cells(scoresOf(judged))]);
  const total = ['all', ...cells(scoresOf(all))];
  const byKind = KINDS.map(({ name, title }) => [title, ...cells(scoresOf(of(all, 'kind', name)))]);
  const byPlace = PLACES.map((place) => [place, ...cells(scoresOf(of(all, 'place', place)))]);
  return [
    await table([['Node', ...HEAD], ...byNode, total, GOALS]),
    await table([['what blocks', ...HEAD], ...byKind]),
    await table([['where', ...HEAD], ...byPlace]),
  ].join('\n\n');
}

export async function peerSection(results: readonly PeerResult[]): Promise<string> {
  const names = [...new Set(results.map(({ name }) => name))];
  const rows = names.map((name) => {
    const own = results.filter((result) => result.name === name);
    const { blocks, caught, line, duration, untrue } = scoresOf(own.flatMap(({ judged }) => judged));
    return [name, String(blocks), percent(caught), percent(line), percent(duration), String(untrue)];
  });
  const nodes = [...new Set(results.map(({ node }) => node))].join(', ');
  const head = ['', 'blocks', 'caught', 'right line', 'duration', 'untrue'];
  return `Node ${nodes}.\n\n${await table([head, ...rows])}`;
}

export async function alarmSection(results: readonly (AlarmResult & { node: string })[]): Promise<string> {
  const head = ['Node', 'minutes', 'requests/s', 'answered', ...DISTURBANCES.map(({ name }) => name)];
  const rows = results.map(({ node, minutes, requestsPerSecond, answered, disturbed, alarms }) => [
    node,
    String(minutes),
    requestsPerSecond.toLocaleString('en-US'),
    answered.toLocaleString('en-US'),
    ...disturbed.map(({ times }) => `${times} ×`),
    String(alarms.length),
  ]);
  return table([[...head, 'false alarms'], ...rows]);
}

export async function costSection(results: readonly CostResult[]): Promise<string> {
  const rows = results.map(({ node, mode, ratio, requestsPerSecond, spread, idleMs }) => [
    `${node}, ${mode}`,
    Math.round(requestsPerSecond).toLocaleString('en-US'),
    `× ${ratio.toFixed(2)}`,
    `± ${Math.round(spread * 100)} %`,
    `${Math.round(idleMs).toLocaleString('en-US')} ms`,
  ]);
  return table([['Node', 'requests/s', 'of plain', 'spread', 'processor time of an idle minute'], ...rows]);
}

/** What is wrong, one line each. */
export function mistakes({ verdicts, untrue }: Judged): string[] {
  const wrong = verdicts.flatMap((verdict) => {
    const { truth, reported, line, isDurationRight, isCauseRight, isNamed } = verdict;
    const { kind, place, durationMs, isLast } = truth;
    const what = `${kind}${isLast ? ' (last)' : ''} in ${place}, ${durationMs.toFixed(0)} ms`;
    if (reported === undefined) return mustBeCaught(truth) ? [`${what}: missed`] : [];
    const not = [
      ...(line === 'wrong' ? ['line'] : []),
      ...(isDurationRight ? [] : ['duration']),
      ...(isCauseRight ? [] : ['cause']),
      ...(isNamed ? [] : ['name']),
    ];
    return not.length === 0 ? [] : [`${what}: wrong ${not.join(', ')}: ${reportText(reported)}`];
  });
  return [...wrong, ...untrue.map((report) => `untrue: ${reportText(report)}`)];
}

function reportText({ durationMs, cause, site, message }: Judged['untrue'][number]): string {
  const place = site ? `${site.file}:${site.line}` : 'no place';
  return `${durationMs.toFixed(0)} ms, ${cause ?? ''}, ${place}, "${message ?? ''}"`;
}

function of(all: readonly Judged[], key: 'kind' | 'place', value: string): Judged[] {
  return all.map(({ verdicts }) => ({
    verdicts: verdicts.filter(({ truth }) => truth[key] === value),
    untrue: [],
  }));
}

function cells(scores: Scores): string[] {
  const { blocks, caught, line, lineOrFunction, javascriptLine, duration, cause, named, untrue } = scores;
  return [
    String(blocks),
    `${percent(caught)} of ${caught.of}`,
    percent(line),
    percent(lineOrFunction),
    percent(javascriptLine),
    percent(duration),
    percent(cause),
    percent(named),
    String(untrue),
  ];
}

/** Rounded down: only all are 100 %. */
function percent({ right, of: all }: Share): string {
  return all === 0 ? '' : `${(Math.floor((right / all) * 1_000) / 10).toFixed(1)} %`;
}

async function table(rows: string[][]): Promise<string> {
  const { aligned } = await import('../runner/table.mjs');
  return aligned(rows);
}
