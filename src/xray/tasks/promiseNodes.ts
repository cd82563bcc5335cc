import { type HeapGraph, NONE } from '../heap/heapGraph.js';

/** Tells promises and what V8 settles them with, by what V8 itself knows them by: their maps and hidden edges. */
export class PromiseNodes {
  private readonly promiseMaps = new Set<number>();
  private readonly asyncFunctionMaps = new Set<number>();
  /** Promises that somebody waits for, with the first of their reactions. */
  readonly pending: (readonly [promise: number, reaction: number])[] = [];

  constructor(private readonly heap: HeapGraph) {
    // "system / NativeContext", in Node 26 "system / NativeContext / <origin>"; no other node has such edges
    for (const [context, promise] of heap.withEdge('promise_function', 'internal')) {
      this.promiseMaps.add(heap.follow(promise, 'initial_map'));
      this.asyncFunctionMaps.add(heap.follow(context, 'async_function_object_map'));
    }
    for (const [promise, reaction] of heap.withEdge('reactions_or_result', 'internal')) {
      if (!heap.isNamed(reaction, REACTION)) continue;
      this.pending.push([promise, reaction]);
      this.promiseMaps.add(heap.follow(promise, 'map')); // also of a subclass, or of another realm
    }
    this.promiseMaps.delete(NONE);
    this.asyncFunctionMaps.delete(NONE);
  }

  isPromise(node: number): boolean {
    return node !== NONE && this.promiseMaps.has(this.heap.follow(node, 'map'));
  }

  isAsyncFunction(generator: number): boolean {
    return this.asyncFunctionMaps.has(this.heap.follow(generator, 'map'));
  }

  isReaction(node: number): boolean {
    return this.heap.isNamed(node, REACTION);
  }

  /** The promise that a closure settles, where it is a resolving function of V8. */
  settledBy(closure: number): number {
    const { heap } = this;
    if (closure === NONE || heap.kind(closure) !== 'closure' || heap.name(closure) !== '') return NONE;
    return this.settledByContext(heap.follow(closure, 'context'));
  }

  /** The promise that resolving functions with this context settle: it holds that and no variables. */
  settledByContext(context: number): number {
    const { heap } = this;
    if (context === NONE || heap.follow(context, 'extension') !== NONE) return NONE;
    let promise = NONE;
    for (const { kind, to } of heap.edges(context)) {
      if (kind === 'context') return NONE; // of a function of the program
      if (kind === 'hidden' && this.isPromise(to)) promise = to;
    }
    return promise;
  }

  /** The promise of a capability: how V8 and `Promise.all` hold a promise with its resolving functions. */
  ofCapability(node: number): number {
    if (!this.heap.isNamed(node, CAPABILITY)) return NONE;
    return this.heap.edges(node).find(({ to }) => this.isPromise(to))?.to ?? NONE;
  }

  isCapability(node: number): boolean {
    return this.heap.isNamed(node, CAPABILITY);
  }
}

const REACTION = 'system / PromiseReaction';
const CAPABILITY = 'system / PromiseCapability';
