import type { HeapGraph } from '../heap/heapGraph.js';
import { generators } from './generators.js';
import { readModules } from './modules.js';
import { PromiseNodes } from './promiseNodes.js';
import { Reactions } from './reactions.js';
import { TaskGraph } from './taskGraph.js';

export interface ReadTasks {
  heap: HeapGraph;
  promises: PromiseNodes;
  graph: TaskGraph;
}

/**
 * Reads from a heap which functions are suspended and who awaits whom, the same on Node 18 to 26:
 *
 *     await    promise ─reactions→ PromiseReaction → closure → context ─extension→ generator
 *     task     generator → its own promise (async generator: → request → promise of the request)
 *     resolve  closure without a name → context → promise that it settles
 */
export function readTasks(heap: HeapGraph): ReadTasks {
  const promises = new PromiseNodes(heap);
  const graph = new TaskGraph();
  for (const task of generators(heap, promises)) {
    graph.tasks.set(task.node, task);
    for (const promise of task.promises) graph.addProducer(promise, { link: 'end', task });
  }
  new Reactions(heap, promises, graph).read();
  readModules(heap, promises, graph);
  return { heap, promises, graph };
}
