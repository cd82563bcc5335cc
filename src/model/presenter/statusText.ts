import { t } from '../../base/texts.js';
import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { counted, durationText, formatCount } from '../numbers.js';
import { plainText } from '../plainText.js';
import { TaskIndex } from '../taskIndex/taskIndex.js';
import { functionName } from './places.js';
import {
  blockedText,
  isLiving,
  isSilent,
  type KnownTasks,
  knownTasks,
  loopText,
  processDescription,
} from './processTexts.js';
import type { TaskRowOptions } from './taskRowOptions.js';
import { stateText } from './words.js';

/** What the rows show too, so that the number of tasks is theirs; of very many, `most` are looked at in each step. */
interface Shown extends Partial<Pick<TaskRowOptions, 'internals' | 'hidden'>> {
  most?: number;
}

/** The status bar's item: how busy all programs are, or which one is blocked; nothing when none lives. */
export function statusText(
  snapshot: Snapshot,
  { internals = false, hidden, most }: Shown = {},
): { text: string; tooltip: string; blocked: boolean } | undefined {
  const living = snapshot.processes.filter(isLiving);
  if (living.length === 0) return undefined;
  const known = living.map((process) =>
    knownTasks(process, TaskIndex.of(process, internals, hidden?.(process.session), most)),
  );
  const tooltip = living.map((process, at) => tooltipLine(process, known[at])).join('\n');
  const [blocked] = living.filter((one) => one.blocked).sort((a, b) => blockedMs(b) - blockedMs(a));
  if (blocked) return { text: `$(warning) ${blockedFor(blocked)}`, tooltip, blocked: true };
  const areAll = living.every(({ dropped }, at) => known[at]?.areAll === true && !dropped.promises);
  const count = known.reduce((sum, one) => sum + one.count, 0);
  const tasks = areAll ? counted(count, 'task') : t('{0}+ tasks', formatCount(count));
  if (living.every((process) => process.state === 'paused')) {
    return { text: `$(debug-pause) ${tasks} · ${stateText('paused')}`, tooltip, blocked: false };
  }
  return { text: `$(pulse) ${tasks} · ${loopText(worstLoop(living))}`, tooltip, blocked: false };
}

/** The busiest loop's utilization and the longest turn, of whichever program. */
function worstLoop(processes: readonly ProcessSnapshot[]): ProcessSnapshot['loop'] {
  const most = (of: (loop: ProcessSnapshot['loop']) => number): number =>
    Math.max(...processes.map(({ loop }) => of(loop)));
  return {
    utilization: most(({ utilization }) => utilization),
    lagMs: {
      p50: most(({ lagMs }) => lagMs.p50),
      p99: most(({ lagMs }) => lagMs.p99),
      max: most(({ lagMs }) => lagMs.max),
    },
  };
}

function blockedMs(process: ProcessSnapshot): number {
  return process.blocked?.durationMs ?? 0;
}

/** `Blocked 3.2 s in parseReport`; a name must not be taken for an icon. */
function blockedFor(process: ProcessSnapshot): string {
  const { site, what } = process.blocked ?? {};
  const duration = durationText(blockedMs(process));
  if (isSilent(process)) return t('No answer for {0}', duration);
  if (!site || what !== undefined) return t('Blocked {0}', duration);
  return t('Blocked {0} in {1}', duration, plainText(functionName(site), 60).replaceAll('$(', '$ ('));
}

function tooltipLine(process: ProcessSnapshot, known: KnownTasks = { count: 0, areAll: true }): string {
  const text = process.blocked ? blockedText(process) : processDescription(process, known);
  return plainText(`${process.name}: ${text}`);
}
