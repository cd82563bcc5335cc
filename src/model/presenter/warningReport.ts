import { t } from '../../base/texts.js';
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
import { causeText } from './words.js';
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
    [t('Where'), warning.site && named(warning.site)],
    ...(isBlocking(warning) ? causeRows(warning) : []),
    ...durationRows(warning),
    ...(isBlocking(warning) ? sufferedRows(warning) : []),
    [t('Process'), text(processText(process))],
    ['Node.js', text([process.node, where.platform].filter((part) => part !== '').join(', '))],
  ];
  const parts = [
    `### ${text(warning.message)}`,
    table(rows),
    stack.length > 0
      ? `${t('Call path, innermost first:')}\n\n${list(stack.slice(0, MAX_FRAMES).map(named))}`
      : '',
    isBlocking(warning) ? linesText(warning, named) : '',
    isBlocking(warning) ? episodesText(warning.episodes ?? []) : '',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function causeRows({ cause, forTask }: BlockingWarning): Row[] {
  return [
    [t('Cause'), text(causeText(cause))],
    [t('For'), forTask && text(forTask.name)],
  ];
}

function durationRows(warning: Warning): Row[] {
  if (!isTimed(warning)) return [[t('Times'), formatCount(warning.count)]];
  const { count, ongoing, durationMs, maxMs, totalMs } = warning;
  if (count === 1) return [[t('Duration'), lastingText(fineDurationText(durationMs), ongoing)]];
  return [
    [t('Times'), formatCount(count)],
    [t('In all'), fineDurationText(totalMs)],
    [t('Worst'), fineDurationText(maxMs)],
    [t('Last'), lastingText(fineDurationText(durationMs), ongoing)],
  ];
}

function sufferedRows({ suffered, episodes = [] }: BlockingWarning): Row[] {
  const worst = [suffered, ...episodes.map((episode) => episode.suffered)]
    .filter((one): one is Suffered => one !== undefined && one.tasks > 0)
    .sort((a, b) => b.worstDelayMs - a.worstDelayMs)[0];
  return [[t('Who waited'), worst && sufferedText(worst)]];
}

/** `12 tasks, up to 380 ms`. */
export function sufferedText({ tasks, worstDelayMs }: Suffered): string {
  const who = counted(tasks, 'task');
  return worstDelayMs > 0 ? t('{0}, up to {1}', who, durationText(worstDelayMs)) : who;
}

function linesText({ episodes = [] }: BlockingWarning, named: (site: Site) => string): string {
  const [last] = episodes;
  if (!last || last.lines.length < 2) return '';
  const total = last.lines.reduce((sum, { samples }) => sum + samples, 0);
  const lines = last.lines
    .slice(0, MAX_LINES)
    .map(({ site, samples }) => `${formatPercent(samples / total)} ${named(site)}`);
  return `${t('Where it was seen in the last block, of {0}:', counted(total, 'sample'))}\n\n${list(lines)}`;
}

function episodesText(episodes: readonly BlockingEpisode[]): string {
  if (episodes.length < 2) return '';
  const texts = episodes
    .slice(0, MAX_EPISODES)
    .map(({ durationMs, ongoing, cause, forTask, suffered }) =>
      [
        lastingText(durationText(durationMs), ongoing),
        causeText(cause),
        forTask ? t('for {0}', text(forTask.name)) : '',
        suffered && suffered.tasks > 0 ? t('{0} waited', sufferedText(suffered)) : '',
      ]
        .filter((part) => part !== '')
        .join('; '),
    );
  return `${t('The latest blocks, newest first:')}\n\n${list(texts)}`;
}

function lastingText(duration: string, ongoing: boolean): string {
  return ongoing ? t('{0}, going on', duration) : duration;
}

function processText({ name, threadId }: ProcessSnapshot): string {
  return threadId > 0 ? t('{0}, worker thread {1}', name, threadId) : name;
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
