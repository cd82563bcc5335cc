import type { Suffered } from '../../protocol/snapshot.js';
import type { AwaitGraph } from '../tasks/awaitGraph.js';
import { timerDueMs } from '../tasks/taskNames.js';

/**
 * Who could have gone on in a stretch of time but for the loop: timers that came due and tasks whose await has
 * settled. I/O that came in meanwhile is not known.
 */
export function waitingTasks(graph: AwaitGraph, fromMs: number, toMs: number, except: number): Suffered {
  const suffered: Suffered = { tasks: 0, worstDelayMs: 0 };
  for (const entry of graph.entries()) {
    if (entry.id === except) continue;
    if (entry.kind === 'resource') {
      const dueMs = timerDueMs(entry.detail);
      if (dueMs === undefined || dueMs < fromMs || dueMs >= toMs) continue;
      suffered.worstDelayMs = Math.max(suffered.worstDelayMs, toMs - dueMs);
    } else if (entry.state !== 'ready') {
      continue;
    }
    suffered.tasks++;
  }
  return suffered;
}
