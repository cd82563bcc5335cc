import { t } from '../../base/texts.js';
import {
  type BlockingEpisode,
  type Evidence,
  type Finding,
  isBlocking,
  isFinding,
  isTimed,
  type ProcessSnapshot,
  type Site,
  type Snapshot,
  type Suffered,
  type TimedWarning,
  type Warning,
} from '../../protocol/snapshot.js';
import { counted, durationText, fineDurationText, formatCount } from '../numbers.js';
import { plainText, together } from '../plainText.js';
import { functionName, isOpenable, longPlace, shortPlace } from './places.js';
import { isSilent } from './processTexts.js';
import { asideRows } from './asideRows.js';
import type { Row } from './row.js';
import { causeText } from './words.js';

/**
 * One row per site: those that go on first, then by the time they took in all. Below: the blocks and their stacks. Above
 * them the processes that do not answer, and last of all, in one row, what earlier programs had while another one runs.
 */
export function warningRows(snapshot: Snapshot, ignored = 0): Row[] {
  const { now, earlier } = byRun(snapshot.processes);
  const rows = [
    ...now.filter(isUnanswered).map(unansweredRow),
    ...rowsOf(now),
    ...asideRows({ ...snapshot, processes: now }),
    ...earlierRow(earlier),
  ];
  return ignored === 0 ? rows : [...rows, ignoredRow(ignored)];
}

/** Those of programs that run, and of programs that have ended while others run. */
function byRun(processes: readonly ProcessSnapshot[]): Record<'now' | 'earlier', ProcessSnapshot[]> {
  const root = (process: ProcessSnapshot): ProcessSnapshot => {
    const parent = processes.find(({ session }) => session === process.parent);
    return parent && parent !== process ? root(parent) : process;
  };
  const lives = new Set(processes.filter(({ state }) => state !== 'ended').map(root));
  const isNow = (process: ProcessSnapshot): boolean => lives.size === 0 || lives.has(root(process));
  return { now: processes.filter(isNow), earlier: processes.filter((process) => !isNow(process)) };
}

function rowsOf(processes: readonly ProcessSnapshot[]): Row[] {
  const found = processes.flatMap((process) => process.warnings.map((warning) => ({ process, warning })));
  const names = processNames(new Set(found.map(({ process }) => process)));
  return found
    .sort((a, b) => weight(b.warning) - weight(a.warning))
    .map(({ process, warning }) => warningRow(warning, process.session, names.get(process)));
}

/** Where there are several processes, how they are told apart: by name, and where they share that, by process id. */
function processNames(processes: ReadonlySet<ProcessSnapshot>): Map<ProcessSnapshot, string> {
  const all = [...processes];
  if (all.length < 2) return new Map();
  const isShared = ({ name }: ProcessSnapshot): boolean => all.filter((one) => one.name === name).length > 1;
  const numbers = ({ pid, threadId }: ProcessSnapshot): string =>
    threadId > 0 ? t('thread {0}', threadId) : t('pid {0}', pid);
  return new Map(all.map((one) => [one, isShared(one) ? `${one.name} ${numbers(one)}` : one.name]));
}

function earlierRow(processes: readonly ProcessSnapshot[]): Row[] {
  const rows = rowsOf(processes);
  if (rows.length === 0) return [];
  return [
    {
      id: 'earlier',
      label: t('Earlier programs'),
      description: counted(rows.length, 'warning'),
      tooltip: t('Warnings of programs that have ended, until they are cleared or the program runs again.'),
      icon: 'history',
      color: 'muted',
      expanded: false,
      context: 'group',
      children: rows,
    },
  ];
}

/** Native code holds it, or it was stopped: what it is will only be known when it answers. */
export function isUnanswered(process: ProcessSnapshot): boolean {
  return isSilent(process) && !process.warnings.some((warning) => isTimed(warning) && warning.ongoing);
}

function unansweredRow({ name, session, blocked }: ProcessSnapshot): Row {
  return {
    id: `${session}/unanswered`,
    label: plainText(t('{0} · {1} does not answer', durationText(blocked?.durationMs ?? 0), name)),
    description: t('going on'),
    tooltip: t(
      'It is in a native call, or was stopped from outside. The line is told as soon as it answers.',
    ),
    icon: 'warning',
    color: 'warning',
    expanded: false,
    context: 'unanswered',
    session,
    children: [],
  };
}

/** Stands below the others, so that what is not shown is not forgotten. */
function ignoredRow(count: number): Row {
  return {
    id: 'ignored',
    label: t('{0} ignored', formatCount(count)),
    description: '',
    tooltip: t('Places in the setting asyncDebugger.blocking.ignore. Click to change it.'),
    icon: 'eye-closed',
    color: 'muted',
    expanded: false,
    context: 'ignored',
    setting: 'asyncDebugger.blocking.ignore',
    children: [],
  };
}

/** What asks for the most attention comes first: what goes on, what is an error, then what took the most time. */
function weight(warning: Warning): number {
  if (isFinding(warning)) return SEVERITY_WEIGHTS[warning.severity];
  if (!isTimed(warning)) return 0;
  return warning.totalMs + (warning.ongoing ? Number.MAX_SAFE_INTEGER / 2 : 0);
}

const SEVERITY_WEIGHTS: Record<Finding['severity'], number> = {
  error: Number.MAX_SAFE_INTEGER / 4,
  warning: 0,
  information: -1,
};

function warningRow(warning: Warning, session: string, process: string | undefined): Row {
  // Sessions are in the ids because two debuggees may run the same code.
  const id = warning.id.startsWith(session) ? warning.id : `${session}/${warning.id}`;
  const whom = isBlocking(warning) && warning.forTask ? t('for {0}', warning.forTask.name) : '';
  const parts = [shortPlace(warning.site), whom, oftenText(warning), process ?? ''];
  return withSite(warning.site, {
    id,
    label: plainText(
      isTimed(warning) ? `${fineDurationText(warning.durationMs)} · ${subject(warning)}` : warning.message,
    ),
    description: plainText(together(parts)),
    tooltip: tooltip(warning),
    ...(isFinding(warning) ? SEVERITY_ICONS[warning.severity] : WARNING_ICON),
    expanded: false,
    context: contextOf(warning),
    session,
    warning: warning.id,
    ...(warning.task !== undefined && { task: warning.task }),
    children: children(warning, id, session),
  });
}

const WARNING_ICON: Pick<Row, 'icon' | 'color'> = { icon: 'warning', color: 'warning' };
const SEVERITY_ICONS: Record<Finding['severity'], Pick<Row, 'icon' | 'color'>> = {
  error: { icon: 'error', color: 'error' },
  warning: WARNING_ICON,
  information: { icon: 'info' },
};

function contextOf(warning: Warning): string {
  if (!isBlocking(warning)) return 'warning';
  return warning.ongoing ? 'warning blocking ongoing' : 'warning blocking';
}

/** `parseReport`, or what held the loop where no function is known. */
function subject(warning: TimedWarning): string {
  if (warning.kind !== 'blocking') return SUBJECTS[warning.kind](warning);
  if (warning.site?.function) return warning.site.function;
  return isBlocking(warning) && warning.cause !== 'unknown'
    ? causeText(warning.cause)
    : t('event loop blocked');
}

const SUBJECTS: Record<Exclude<TimedWarning['kind'], 'blocking'>, (warning: TimedWarning) => string> = {
  loop: () => t('many short callbacks'),
  lateTimers: () => t('timers fired late'),
  slowOperation: ({ what = '' }) => what,
  threadPool: () => t('thread pool full'),
  syncCall: ({ what = '' }) => what,
};

function oftenText(warning: Warning): string {
  const parts = isTimed(warning) && warning.ongoing ? [t('going on')] : [];
  if (warning.count > 1) {
    const times = counted(warning.count, 'time');
    parts.push(
      isTimed(warning)
        ? t(
            '{0}, worst {1}, {2} in all',
            times,
            fineDurationText(warning.maxMs),
            fineDurationText(warning.totalMs),
          )
        : times,
    );
  }
  return parts.join(' · ');
}

function tooltip(warning: Warning): string {
  const lines = [warning.message, warning.site ? longPlace(warning.site) : ''];
  if (isFinding(warning)) lines.push(warning.advice);
  if (isBlocking(warning)) {
    lines.push(
      t(
        'Cause: {0}. {1} in all, {2} stacks seen.',
        causeText(warning.cause),
        durationText(warning.totalMs),
        formatCount(warning.samples),
      ),
    );
    if (warning.suffered) lines.push(sufferedText(warning.suffered));
    for (const { site, samples } of warning.episodes?.[0]?.lines.slice(0, 5) ?? []) {
      lines.push(`  ${formatCount(samples)}×  ${longPlace(site)}`);
    }
  }
  return lines
    .map((line) => plainText(line, 400))
    .filter((line) => line !== '')
    .join('\n');
}

/** `14 tasks could not go on, up to 410 ms.` */
function sufferedText({ tasks, worstDelayMs }: Suffered): string {
  const who = counted(tasks, 'task');
  if (worstDelayMs <= 0) return t('{0} could not go on.', who);
  return t('{0} could not go on, up to {1}.', who, durationText(worstDelayMs));
}

function children(warning: Warning, id: string, session: string): Row[] {
  if (isFinding(warning))
    return warning.evidence.map((fact, position) => evidenceRow(fact, `${id}/fact ${position}`, session));
  const episodes = isBlocking(warning) ? (warning.episodes ?? []) : [];
  if (episodes.length < 2) return frameRows(warning.stack ?? [], id, session);
  return episodes.map((episode) => episodeRow(episode, id, session));
}

function evidenceRow({ text, site, task }: Evidence, id: string, session: string): Row {
  return withSite(site, {
    id,
    label: plainText(text),
    description: shortPlace(site),
    tooltip: site ? longPlace(site) : '',
    icon: site ? 'debug-stackframe' : 'circle-large-outline',
    expanded: false,
    context: task === undefined ? 'frame' : 'frame evidence',
    session,
    ...(task !== undefined && { task }),
    children: [],
  });
}

function episodeRow(episode: BlockingEpisode, warningId: string, session: string): Row {
  const id = `${warningId}/${episode.seq}`;
  const facts = [episode.ongoing ? t('going on') : '', causeText(episode.cause)].filter(
    (fact) => fact !== '',
  );
  return withSite(episode.site, {
    id,
    label: durationText(episode.durationMs),
    description: [facts.join(' · '), shortPlace(episode.site)].filter((part) => part !== '').join('  '),
    tooltip: t('{0} stacks seen', formatCount(episode.samples)),
    icon: 'history',
    expanded: false,
    context: 'group blocking',
    session,
    warning: warningId,
    episode: episode.seq,
    children: frameRows(episode.stack, id, session),
  });
}

function frameRows(stack: readonly Site[], parentId: string, session: string): Row[] {
  return withNodeFolded(stack).map((frame, position) =>
    'count' in frame
      ? nodeRow(frame.count, `${parentId}/frame ${position}`, session)
      : withSite(frame, {
          id: `${parentId}/frame ${position}`,
          label: functionName(frame),
          description: shortPlace(frame) || plainText(`${frame.file}:${frame.line}`),
          tooltip: longPlace(frame),
          icon: 'debug-stackframe',
          ...(isOpenable(frame) ? {} : { color: 'muted' as const }),
          expanded: false,
          context: 'frame',
          session,
          children: [],
        }),
  );
}

/** Frames of Node that follow each other tell no more than one. */
function withNodeFolded(stack: readonly Site[]): (Site | { count: number })[] {
  const rows: (Site | { count: number })[] = [];
  let count = 0;
  for (const [position, frame] of stack.entries()) {
    const isOfNode = frame.file.startsWith('node:');
    if (isOfNode) count++;
    if (isOfNode && stack[position + 1]?.file.startsWith('node:') === true) continue;
    rows.push(count > 1 && isOfNode ? { count } : frame);
    count = 0;
  }
  return rows;
}

function nodeRow(count: number, id: string, session: string): Row {
  return {
    id,
    label: t('Node.js ({0})', counted(count, 'frame')),
    description: '',
    tooltip: t('Only Node itself: nothing of the program.'),
    icon: 'debug-stackframe',
    color: 'muted',
    expanded: false,
    context: 'frame',
    session,
    children: [],
  };
}

function withSite(site: Site | undefined, row: Row): Row {
  return isOpenable(site) ? { ...row, awaitSite: site, context: `${row.context} awaitSite` } : row;
}
