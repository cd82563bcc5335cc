import type { Task } from '../../protocol/snapshot.js';
import { isNodeInternal } from '../codeOrigin.js';
import { isEnded, isFunctionTask } from './taskKinds.js';

/**
 * Of the tasks of a program that has ended those that still waited, with what they waited for. What was running or could
 * have gone on did not wait, nor did what waited for nothing else. A promise, timer or resource that no task and no
 * `then` waits for is no waiting either.
 */
export function stillWaiting(tasks: readonly Task[]): Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const goingOn = goingOnWith(tasks, byId);
  const shown = new Set(tasks.filter((task) => isWaiter(task) && !goingOn.has(task.id)).map(({ id }) => id));
  // a set goes on to what is added meanwhile
  for (const id of shown) for (const awaited of byId.get(id)?.awaits ?? []) shown.add(awaited);
  return tasks.filter(({ id }) => shown.has(id));
}

/** Ids of what was running or could go on, and of all that waits for nothing but these. */
function goingOnWith(tasks: readonly Task[], byId: ReadonlyMap<string, Task>): ReadonlySet<string> {
  const goingOn = new Set(
    tasks.filter(({ state }) => state === 'running' || state === 'ready').map(({ id }) => id),
  );
  for (const id of goingOn) {
    for (const waiter of byId.get(id)?.awaitedBy ?? []) {
      if (byId.get(waiter)?.awaits.every((awaited) => goingOn.has(awaited))) goingOn.add(waiter);
    }
  }
  return goingOn;
}

/** Code of the program, or of a package, that goes on when something has happened. */
function isWaiter(task: Task): boolean {
  if (isEnded(task)) return false;
  const site = task.definedAt ?? task.awaitingAt ?? task.createdAt;
  if (site !== undefined && isNodeInternal(site.file)) return false;
  return isFunctionTask(task)
    ? task.state === 'awaiting'
    : task.type.startsWith('.') && task.awaits.length > 0;
}
