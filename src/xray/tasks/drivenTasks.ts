import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import { contextVariable, functionOf } from './functions.js';
import type { PromiseNodes } from './promiseNodes.js';
import type { SuspendedTask, TaskGraph } from './taskGraph.js';

/**
 * An async function that a compiler has made of a generator (TypeScript's `__awaiter`, for ES5 with `__generator`; `co`):
 * the context of the promise's handler has the generator, and the resolve function of the function's promise.
 */
export function drivenTask(
  heap: HeapGraph,
  promises: PromiseNodes,
  graph: TaskGraph,
  context: number,
): SuspendedTask | undefined {
  const resolved = promises.settledBy(contextVariable(heap, context, 'resolve'));
  const generator = contextVariable(heap, context, 'generator');
  const real = graph.tasks.get(generator) ?? generatorIn(heap, graph, context);
  if (real) {
    if (real.kind !== 'generator' && real.kind !== 'driven') return undefined;
    if (resolved !== NONE && !real.promises.includes(resolved)) endsAs(graph, real, resolved);
    real.kind = 'driven';
    return real;
  }
  const next = heap.follow(generator, 'next', 'property');
  const body = contextVariable(heap, heap.follow(next, 'context'), 'body');
  if (body === NONE) return undefined;
  const task: SuspendedTask = {
    ...functionOf(heap, body),
    node: generator,
    closure: body,
    kind: 'driven',
    promises: [],
    context: heap.follow(body, 'context'),
    registers: NONE,
  };
  graph.tasks.set(generator, task);
  if (resolved !== NONE) endsAs(graph, task, resolved);
  return task;
}

/** Whatever it is called there. */
function generatorIn(heap: HeapGraph, graph: TaskGraph, context: number): SuspendedTask | undefined {
  for (let own = context, hops = 0; own !== NONE && hops < 2; own = heap.follow(own, 'previous'), hops++) {
    for (const { kind, to } of heap.edges(own)) {
      const task = kind === 'context' ? graph.tasks.get(to) : undefined;
      if (task?.kind === 'generator' || task?.kind === 'driven') return task;
    }
  }
  return undefined;
}

function endsAs(graph: TaskGraph, task: SuspendedTask, promise: number): void {
  task.promises.push(promise);
  graph.addProducer(promise, { link: 'end', task });
}
