import { isFunctionTask } from '../model/tasks/taskKinds.js';
import type { ProcessSnapshot, Task } from '../protocol/snapshot.js';

/**
 * The process with nothing but the circles, and the chains that it began at its top and that can never go on. What a task of its own or a
 * request has begun and nobody waits for any more is ordinary, and no news at the end.
 */
export function onlyUnreachable(process: ProcessSnapshot): ProcessSnapshot {
  const unreachable = new Map(
    process.tasks.filter((task) => task.unreachable).map((task) => [task.id, task]),
  );
  const isTop = (task: Task): boolean =>
    isFunctionTask(task) &&
    (task.circle === true ||
      (task.createdBy === undefined && !task.awaitedBy.some((id) => unreachable.has(id))));
  const found = new Set([...unreachable.values()].filter(isTop));
  for (const { awaits } of found) {
    for (const id of awaits) {
      const awaited = unreachable.get(id);
      if (awaited) found.add(awaited);
    }
  }
  return { ...process, tasks: [...found] };
}
