import {
  type BlockingEpisode,
  type BlockingWarning,
  isBlocking,
  isTimed,
  type ProcessSnapshot,
  type Site,
  type Suffered,
  type Warning,
} from '../../protocol/snapshot.js';
import { counted, durationText, fineDurationText, formatCount, formatPercent } from '../numbers.js';
import { markdownCode as code, markdownText as text } from './markdown.js';
import { functionName } from './places.js';
import { type Folders, workspacePath } from './workspacePath.js';

const MAX_FRAMES = 30;
const MAX_LINES = 10;
const MAX_EPISODES = 10;

/** A name and its Markdown. */
type Row = readonly [string, string | undefined];

/** A warning as Markdown for an issue; paths are told from the workspace, so that nobody's name is in them. */
export function warningReport(
  warning: Warning,
  process: ProcessSnapshot,
  where: Folders & { platform: string },
): string {
  const place = (site: Site): string =>
    code(`${workspacePath(site.file, where)}:${site.line}:${site.column}`);
  const named = (site: Site): string => `${code(functionName(site))} ${place(site)}`;
  const { stack = [] } = warning;
  const rows: Row[] = [
    ['Where', warning.site && named(warning.site)],
    ...(isBlocking(warning) ? causeRows(warning) : []),
    ...durationRows(warning),
    ...(isBlocking(warning) ? sufferedRows(warning) : []),
    ['Process', text(processText(process))],
    ['Node.js', text([process.node, where.platform].filter((part) => part !== '').join(', '))],
  ];
  const parts = [
    `### ${text(warning.message)}`,
    table(rows),
    stack.length > 0 ? `Call path, innermost first:\n\n${list(stack.slice(0, MAX_FRAMES).map(named))}` : '',
    isBlocking(warning) ? linesText(warning, named) : '',
    isBlocking(warning) ? episodesText(warning.episodes ?? []) : '',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function causeRows({ cause, forTask }: BlockingWarning): Row[] {
  return [
    ['Cause', text(cause)],
    ['For', forTask && text(forTask.name)],
  ];
}

function durationRows(warning: Warning): Row[] {
  if (!isTimed(warning)) return [['Times', formatCount(warning.count)]];
  const { count, ongoing, durationMs, maxMs, totalMs } = warning;
  if (count === 1) return [['Duration', `${fineDurationText(durationMs)}${ongoing ? ', going on' : ''}`]];
  return [
    ['Times', formatCount(count)],
    ['In all', fineDurationText(totalMs)],
    ['Worst', fineDurationText(maxMs)],
    ['Last', `${fineDurationText(durationMs)}${ongoing ? ', going on' : ''}`],
  ];
}

function sufferedRows({ suffered, episodes = [] }: BlockingWarning): Row[] {
  const worst = [suffered, ...episodes.map((episode) => episode.suffered)]
    .filter((one): one is Suffered => one !== undefined && one.tasks > 0)
    .sort((a, b) => b.worstDelayMs - a.worstDelayMs)[0];
  return [['Who waited', worst && sufferedText(worst)]];
}

/** `12 tasks, up to 380 ms`. */
export function sufferedText({ tasks, worstDelayMs }: Suffered): string {
  return `${counted(tasks, 'task')}${worstDelayMs > 0 ? `, up to ${durationText(worstDelayMs)}` : ''}`;
}

function linesText({ episodes = [] }: BlockingWarning, named: (site: Site) => string): string {
  const [last] = episodes;
  if (!last || last.lines.length < 2) return '';
  const total = last.lines.reduce((sum, { samples }) => sum + samples, 0);
  const lines = last.lines
    .slice(0, MAX_LINES)
    .map(({ site, samples }) => `${formatPercent(samples / total)} ${named(site)}`);
  return `Where it was seen in the last block, of ${counted(total, 'sample')}:\n\n${list(lines)}`;
}

function episodesText(episodes: readonly BlockingEpisode[]): string {
  if (episodes.length < 2) return '';
  const texts = episodes
    .slice(0, MAX_EPISODES)
    .map(({ durationMs, ongoing, cause, forTask, suffered }) =>
      [
        `${durationText(durationMs)}${ongoing ? ', going on' : ''}`,
        cause,
        forTask ? `for ${text(forTask.name)}` : '',
        suffered && suffered.tasks > 0 ? `${sufferedText(suffered)} waited` : '',
      ]
        .filter((part) => part !== '')
        .join('; '),
    );
  return `The latest blocks, newest first:\n\n${list(texts)}`;
}

function processText({ name, threadId }: ProcessSnapshot): string {
  return `${name}${threadId > 0 ? `, worker thread ${threadId}` : ''}`;
}

function table(rows: readonly Row[]): string {
  const lines = rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `| ${name} | ${value ?? ''} |`);
  return ['| | |', '| --- | --- |', ...lines].join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
