import type { ProcessSnapshot, Snapshot } from '../../protocol/snapshot.js';
import { counted, durationText, formatPercent } from '../numbers.js';
import { plainText } from '../plainText.js';
import { functionName } from './places.js';
import { blockedText, isLiving, processDescription } from './processTexts.js';
import { countTasks, TaskIndex } from './taskIndex.js';

/** The status bar's item: how busy all programs are, or which one is blocked; nothing when none lives. */
export function statusText(
  snapshot: Snapshot,
): { text: string; tooltip: string; blocked: boolean } | undefined {
  const living = snapshot.processes.filter(isLiving);
  if (living.length === 0) return undefined;
  const counts = new Map(living.map((process) => [process, countTasks(TaskIndex.of(process, false))]));
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
  const busiest = Math.max(...living.map((process) => process.loop.utilization));
  return { text: `$(pulse) ${tasks} · loop ${formatPercent(busiest)}`, tooltip, blocked: false };
}

function blockedMs(process: ProcessSnapshot): number {
  return process.blocked?.durationMs ?? 0;
}

/** `Blocked 3.2 s in parseReport`; a name must not be taken for an icon. */
function blockedFor(process: ProcessSnapshot): string {
  const site = process.blocked?.site;
  const where = site ? ` in ${plainText(functionName(site), 60).replaceAll('$(', '$ (')}` : '';
  return `Blocked ${durationText(blockedMs(process))}${where}`;
}

function tooltipLine(process: ProcessSnapshot, taskCount: number): string {
  const text = process.blocked ? blockedText(process) : processDescription(process, taskCount);
  return plainText(`${process.name}: ${text}`);
}
