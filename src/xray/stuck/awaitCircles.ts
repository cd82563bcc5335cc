import type { SuspendedTask, TaskGraph } from '../tasks/taskGraph.js';

/** Tasks that wait for themselves through nothing but awaits, each circle once. What races something else may go on. */
export function* awaitCircles(graph: TaskGraph): Generator<SuspendedTask[]> {
  const done = new Set<SuspendedTask>();
  for (const start of graph.tasks.values()) {
    const path: SuspendedTask[] = [];
    const on = new Set<SuspendedTask>();
    let task: SuspendedTask | undefined = start;
    while (task && !done.has(task) && !on.has(task)) {
      path.push(task);
      on.add(task);
      task = onlyAwaited(graph, task);
    }
    if (task && on.has(task)) yield path.slice(path.indexOf(task));
    for (const one of path) done.add(one);
  }
}

/** The one task that has to end before a task can go on; `undefined`: none, or one of several. */
function onlyAwaited(graph: TaskGraph, { awaits }: SuspendedTask): SuspendedTask | undefined {
  const seen = new Set<number>();
  for (let promise = awaits; promise !== undefined && !seen.has(promise);) {
    seen.add(promise);
    const [producer, ...others] = graph.producers(promise);
    if (!producer || others.length > 0 || producer.link === 'resolve') return undefined;
    if (producer.task) return producer.task;
    promise = producer.promise;
  }
  return undefined;
}
