import { leavesOf } from '../settlers/waiters.js';
import type { Settlers } from '../settlers/settlers.js';
import type { SuspendedTask } from '../tasks/taskGraph.js';
import type { Holders } from './holders.js';

/** Tasks of which each may hold what the one before it waits for, the last what the first waits for. */
export interface Deadlock {
  /** What the first of them waits for. */
  promise: number;
  tasks: SuspendedTask[];
}

/** The shortest circle over what is waited for and who may have it; `undefined`: there is none. */
export function deadlockAt(promise: number, settlers: Settlers, holders: Holders): Deadlock | undefined {
  const { graph } = settlers.tools;
  const { waiting } = settlers.of(promise);
  const cameFrom = new Map<SuspendedTask, SuspendedTask | undefined>();
  const open: SuspendedTask[] = [];
  const enter = (task: SuspendedTask, from: SuspendedTask | undefined): void => {
    if (cameFrom.has(task) || cameFrom.size > MOST_TASKS) return;
    cameFrom.set(task, from);
    open.push(task);
  };
  for (const holder of holders.of(promise)) enter(holder, undefined);
  for (const task of open) {
    if (waiting.has(task)) {
      const tasks: SuspendedTask[] = [];
      for (let one: SuspendedTask | undefined = task; one; one = cameFrom.get(one)) tasks.unshift(one);
      return { promise, tasks };
    }
    if (task.awaits === undefined) continue;
    for (const leaf of leavesOf(graph, task.awaits))
      for (const holder of holders.of(leaf)) enter(holder, task);
  }
  return undefined;
}

const MOST_TASKS = 5_000;
