import type { Link, SuspendedTask, TaskGraph } from '../tasks/taskGraph.js';

/**
 * The tasks that cannot go on before a promise settles, directly or not. What races it with something else may go on.
 * `surely`: without generators, which others than the promise could set going.
 */
export function waitersOf(graph: TaskGraph, promise: number, surely = false): Set<SuspendedTask> {
  const tasks = new Set<SuspendedTask>();
  const seen = new Set([promise]);
  for (const one of seen) {
    for (const { link, task, promise: next } of graph.consumers(one)) {
      if (task) {
        if ((surely && task.kind === 'driven') || tasks.has(task)) continue;
        tasks.add(task);
        for (const end of task.promises) seen.add(end);
      } else if (next !== undefined && !OTHERS_MAY.has(link)) seen.add(next);
    }
  }
  return tasks;
}

/** The other promise may settle without this one. */
const OTHERS_MAY: ReadonlySet<Link> = new Set<Link>(['race', 'any', 'resolve']);

/** Nodes of tasks that wait: they do not run, so that nothing is called from them. */
export function closedNodes(tasks: ReadonlySet<SuspendedTask>): Set<number> {
  return new Set([...tasks].flatMap(({ node, registers }) => [node, registers]));
}

/** What a promise waits for in the end: promises that no other promise and no task will settle. */
export function leavesOf(graph: TaskGraph, promise: number): number[] {
  const leaves: number[] = [];
  const seen = new Set([promise]);
  for (const one of seen) {
    const producers = graph.producers(one);
    if (!producers.some(({ link }) => link !== 'resolve')) leaves.push(one);
    for (const { task, promise: before } of producers) {
      const next = task ? task.awaits : before;
      if (next !== undefined) seen.add(next);
    }
  }
  return leaves;
}
