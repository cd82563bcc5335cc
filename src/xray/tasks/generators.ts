import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import { functionOf } from './functions.js';
import type { PromiseNodes } from './promiseNodes.js';
import type { SuspendedTask } from './taskGraph.js';

/** Every async function, async generator and generator that has begun and not ended. */
export function* generators(heap: HeapGraph, promises: PromiseNodes): Generator<SuspendedTask> {
  for (const [node, registers] of heap.withEdge('parameters_and_registers', 'internal')) {
    const closure = heap.follow(node, 'function');
    const hidden = heap.hiddenEdges(node);
    const requests = requestsOf(heap, hidden.find(({ to }) => heap.isNamed(to, REQUEST))?.to ?? NONE);
    const own = hidden.filter(({ to }) => promises.isPromise(to)).map(({ to }) => to);
    const served = requests.flatMap((request) => promiseOf(heap, promises, request));
    const isFunction = promises.isAsyncFunction(node);
    yield {
      ...functionOf(heap, closure),
      node,
      closure,
      kind: isFunction ? 'async function' : requests.length > 0 ? 'async generator' : 'generator',
      promises: isFunction ? own : served,
      context: heap.follow(node, 'context'),
      registers,
    };
  }
}

/** The requests to an async generator: the first is served, the others wait for it. */
function requestsOf(heap: HeapGraph, first: number): number[] {
  const found: number[] = [];
  for (let request = first; request !== NONE && found.length < MAX_REQUESTS;) {
    found.push(request);
    request = heap.edges(request).find(({ to }) => heap.isNamed(to, REQUEST))?.to ?? NONE;
  }
  return found;
}

/** The last promise of a request is its own; before that there may be one that was given to it. */
function promiseOf(heap: HeapGraph, promises: PromiseNodes, request: number): number[] {
  return heap
    .hiddenEdges(request)
    .map(({ to }) => to)
    .filter((to) => promises.isPromise(to))
    .slice(-1);
}

const REQUEST = 'system / AsyncGeneratorRequest';
const MAX_REQUESTS = 10_000;
