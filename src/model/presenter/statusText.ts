import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { counted, durationText } from '../numbers.js';
import { plainText } from '../plainText.js';
import type { HiddenFiles } from '../taskIndex/hiddenFiles.js';
import { TaskIndex } from '../taskIndex/taskIndex.js';
import { functionName } from './places.js';
import { blockedText, isLiving, isSilent, loopText, processDescription } from './processTexts.js';

/** The status bar's item: how busy all programs are, or which one is blocked; nothing when none lives. */
export function statusText(
  snapshot: Snapshot,
  hidden?: (session: string) => HiddenFiles,
): { text: string; tooltip: string; blocked: boolean } | undefined {
  const living = snapshot.processes.filter(isLiving);
  if (living.length === 0) return undefined;
  const counts = new Map(
    living.map((process) => [process, TaskIndex.of(process, false, hidden?.(process.session)).count]),
  );
  const tooltip = living.map((process) => tooltipLine(process, counts.get(process) ?? 0)).join('\n');
  const [blocked] = living.filter((one) => one.blocked).sort((a, b) => blockedMs(b) - blockedMs(a));
  if (blocked) return { text: `$(warning) ${blockedFor(blocked)}`, tooltip, blocked: true };
  const tasks = counted(
    [...counts.values()].reduce((sum, count) => sum + count, 0),
    'task',
  );
  if (living.every((process) => process.state === 'paused')) {
    return { text: `$(debug-pause) ${tasks} · paused`, tooltip, blocked: false };
  }
  return { text: `$(pulse) ${tasks} · ${loopText(worstLoop(living))}`, tooltip, blocked: false };
}

/** The busiest loop's utilization and the longest lag, of whichever program. */
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
  if (isSilent(process)) return `No answer for ${duration}`;
  const where = site ? ` in ${plainText(functionName(site), 60).replaceAll('$(', '$ (')}` : '';
  return `Blocked ${duration}${what === undefined ? where : ''}`;
}

function tooltipLine(process: ProcessSnapshot, taskCount: number): string {
  const text = process.blocked
    ? blockedText(process)
    : processDescription(process, { count: taskCount, areAll: process.backlog === undefined });
  return plainText(`${process.name}: ${text}`);
}
