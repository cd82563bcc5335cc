import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Site } from '../../protocol/snapshot.js';
import { counted, durationText, formatCount, formatPercent } from '../numbers.js';
import { plainText, together } from '../plainText.js';
import type { TaskIndex } from '../taskIndex/taskIndex.js';
import { functionName, shortPlace } from './places.js';
import type { RowColor, RowIcon } from './row.js';
import { stateText } from './words.js';

/** How many tasks of a process are known, and whether these are all that there are. */
export interface KnownTasks {
  count: number;
  areAll: boolean;
}

/** The one count of a process's tasks, wherever it is told. */
export function knownTasks({ backlog }: ProcessSnapshot, index: TaskIndex): KnownTasks {
  return { count: index.count, areAll: index.isWhole && backlog === undefined };
}

/** `12 tasks`, `40,000 tasks and counting`, `10,221 tasks shown, at least 80,000 pending promises not recorded`. */
export function tasksText({ dropped }: ProcessSnapshot, { count, areAll }: KnownTasks): string {
  const tasks = areAll ? counted(count, 'task') : t('{0} and counting', counted(count, 'task'));
  const { promises = 0 } = dropped;
  if (promises === 0) return tasks;
  return t('{0} shown, at least {1} not recorded', tasks, counted(promises, 'pending promise'));
}

/** What of a process is not shown, because it was too much to be recorded: a sentence for each kind. */
export function leftOutTexts({ dropped: { records, sites, promises = 0 } }: ProcessSnapshot): string[] {
  const places = t(
    '{0} of its promises and places not recorded, to keep the program fast',
    formatCount(sites),
  );
  return [
    records > 0 ? t('{0} not shown: too many at once to be kept', counted(records, 'operation')) : '',
    sites === 0
      ? ''
      : promises === 0
        ? places
        : t('{0}; at least {1} of these promises have not settled', places, formatCount(promises)),
  ].filter(Boolean);
}

/** `pid 123 · 12 tasks · loop 3 %`, or why there is nothing to see. */
export function processDescription(process: ProcessSnapshot, known: KnownTasks): string {
  const who = process.threadId > 0 ? t('thread {0}', process.threadId) : t('pid {0}', process.pid);
  const tasks = tasksText(process, known);
  const missing = missingText(process);
  switch (process.state) {
    case 'connecting':
      return stateText('connecting');
    case 'unavailable':
      return plainText(process.note ?? stateText('unavailable'));
    case 'ended':
      return together([plainText(process.note ?? stateText('ended')), endedCount(process, known)]);
    case 'blocked':
      return together([blockedText(process), missing]);
    case 'paused':
      return together([
        who,
        `${stateText('paused')} ${shortPlace(process.paused?.site)}`.trim(),
        tasks,
        missing,
      ]);
    case 'running':
      return together([who, tasks, process.xray ? xrayText(process.xray) : loopText(process.loop), missing]);
  }
}

/** `from the snapshot of 14:03:12`: of a moment that is over. */
export function xrayText({ timeOfDay, depth }: NonNullable<ProcessSnapshot['xray']>): string {
  return `from the ${depth === 'deep' ? 'snapshot' : 'look'} of ${timeOfDay}`;
}

/** `attached while it ran: older tasks are not shown until they go on`: what the numbers before it leave out. */
function missingText({ note = '' }: ProcessSnapshot): string {
  return plainText(note.charAt(0).toLowerCase() + note.slice(1));
}

/** What is shown of a program that has ended is all that was pending, unless some was not recorded. */
function endedCount(process: ProcessSnapshot, known: KnownTasks): string {
  return known.count === 0 || process.dropped.promises === undefined ? '' : tasksText(process, known);
}

/** `loop 3 %`; with the longest turn of the last seconds where that can be felt: `loop 80 %, longest turn 120 ms`. */
export function loopText({ utilization, lagMs }: ProcessSnapshot['loop']): string {
  const share = formatPercent(utilization);
  if (lagMs.max < FELT_MS) return t('loop {0}', share);
  return t('loop {0}, longest turn {1}', share, durationText(lagMs.max));
}

const FELT_MS = 20;

/** Nothing is known of what blocks it: in a native call, or stopped. */
export function isSilent({ blocked }: ProcessSnapshot): boolean {
  return blocked !== undefined && !blocked.site && blocked.stack.length === 0 && blocked.what === undefined;
}

/** `blocked 3.2 s in parseReport report.ts:88`, or that it does not answer: nobody can look into native code. */
export function blockedText(process: ProcessSnapshot): string {
  const blocked = process.blocked;
  if (!blocked) return stateText('blocked');
  const { durationMs, site, what } = blocked;
  if (isSilent(process)) return t('no answer for {0}', durationText(durationMs));
  const duration = durationText(durationMs);
  if (what !== undefined) return t('blocked {0}: {1}', duration, plainText(what));
  return site ? t('blocked {0} in {1}', duration, whereText(site)) : t('blocked {0}', duration);
}

export function processTooltip(process: ProcessSnapshot, { count }: KnownTasks): string {
  const { loop, backlog } = process;
  const lines = [
    `${process.name}: ${stateText(process.state)}`,
    process.note ?? '',
    [process.node && `Node ${process.node}`, process.pid > 0 && t('pid {0}', process.pid)]
      .filter(Boolean)
      .join(', '),
    isLiving(process)
      ? t('{0}, event loop {1} busy', counted(count, 'task'), formatPercent(loop.utilization))
      : '',
    isLiving(process) && loop.lagMs.max > 0
      ? t('Longest turn in the last seconds: {0}', durationText(loop.lagMs.max))
      : '',
    backlog === undefined
      ? ''
      : t('{0} to come: very many are shown little by little', counted(backlog, 'more task')),
    ...leftOutTexts(process),
    ...(process.blocked?.stack ?? [])
      .slice(0, 10)
      .map((frame) => `  at ${functionName(frame)} ${shortPlace(frame)}`),
  ];
  return lines
    .map((line) => plainText(line))
    .filter((line) => line !== '')
    .join('\n');
}

export function processIcon(process: ProcessSnapshot): { icon: RowIcon; color?: RowColor } {
  switch (process.state) {
    case 'blocked':
      return { icon: 'warning', color: 'warning' };
    case 'paused':
      return { icon: 'debug-pause' };
    case 'ended':
      return { icon: 'circle-slash', color: 'muted' };
    case 'unavailable':
      return { icon: 'info', color: 'muted' };
    case 'connecting':
      return { icon: 'server-process', color: 'muted' };
    case 'running':
      return { icon: 'server-process' };
  }
}

export function isLiving(process: ProcessSnapshot): boolean {
  return process.state === 'running' || process.state === 'paused' || process.state === 'blocked';
}

function whereText(site: Site): string {
  return `${functionName(site)} ${shortPlace(site)}`.trimEnd();
}
