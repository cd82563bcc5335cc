import type { AwaitGraph } from '../tasks/awaitGraph.js';
import { entryNames } from '../tasks/taskNames.js';

/** The request, or the task with a name given by the program, in which an entry was made, or that it is itself. */
export function namedTask(graph: AwaitGraph, id: number): { entry: number; name: string } | undefined {
  let entry = graph.get(id);
  for (let steps = 0; entry !== undefined && steps < MAX_STEPS; steps++) {
    const isRequest = entry.type === 'HTTPSERVERREQUEST' && entry.detail?.method !== undefined;
    if (isRequest || (entry.name !== undefined && entry.name !== ''))
      return { entry: entry.id, name: entryNames(entry).name };
    entry = graph.get(entry.by);
  }
  return undefined;
}

const MAX_STEPS = 20;
