import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import { drivenTask } from './drivenTasks.js';
import type { PromiseNodes } from './promiseNodes.js';
import type { TaskGraph } from './taskGraph.js';

/** Reads what is to go on when a promise settles from the reactions that V8 keeps with it. */
export class Reactions {
  /** Hidden edges count from 0 in Node 18 and 20, from 1 later. */
  private base = 1;
  /** Contexts of resolving functions that are handlers, and for how many promises: for several in `Promise.race`. */
  private readonly resolving = new Map<number, number>();

  constructor(
    private readonly heap: HeapGraph,
    private readonly promises: PromiseNodes,
    private readonly graph: TaskGraph,
  ) {}

  read(): void {
    const { heap, promises } = this;
    for (const [, reaction] of promises.pending)
      for (const { name, to } of heap.hiddenEdges(reaction))
        // later the first is what AsyncLocalStorage has kept
        if (name === 0 && (promises.isReaction(to) || heap.kind(to) === 'closure')) this.base = 0;
    for (const [promise, first] of promises.pending) this.readAll(promise, first);
    this.markOthers();
  }

  /** In the order of V8: the latest first. */
  private readAll(promise: number, first: number): void {
    const { heap, promises } = this;
    for (let reaction = first; reaction !== NONE;) {
      const hidden = heap.hiddenEdges(reaction);
      const next = hidden.find(({ to }) => promises.isReaction(to))?.to ?? NONE;
      // reject handler, fulfil handler, and the promise or capability of the result: the first number is free for `next`
      const reject = this.base + (next === NONE ? 0 : 1);
      const at = (index: number): number => hidden.find(({ name }) => name === index)?.to ?? NONE;
      this.readOne(promise, at(reject + 1), at(reject), at(reject + 2));
      reaction = next;
    }
  }

  private readOne(promise: number, onFulfilled: number, onRejected: number, result: number): void {
    const { heap, promises, graph } = this;
    const handler = this.isClosure(onFulfilled)
      ? onFulfilled
      : this.isClosure(onRejected)
        ? onRejected
        : NONE;
    const context = heap.follow(handler, 'context');
    const task = graph.tasks.get(heap.follow(context, 'extension'));
    if (task) {
      graph.awaits(task, promise);
      return;
    }
    if (handler !== NONE && heap.name(handler) !== '') {
      const driven = drivenTask(heap, promises, graph, context);
      if (driven && driven.awaits === undefined) {
        graph.awaits(driven, promise);
        return;
      }
    }
    const combined = this.combined(onFulfilled, onRejected);
    if (combined) {
      graph.link(promise, combined.promise, combined.link);
      return;
    }
    // resolve(promise), `return promise` and Promise.race: the handlers are the resolving functions of the other one
    const adopted = handler === onFulfilled ? promises.settledBy(handler) : NONE;
    if (adopted !== NONE) {
      this.resolving.set(context, (this.resolving.get(context) ?? 0) + 1);
      graph.link(promise, adopted, 'adopt');
      if (this.resultOf(result) === NONE) return;
    }
    this.readThen(promise, { handler, context, isCatch: !this.isClosure(onFulfilled) }, result);
  }

  private readThen(
    promise: number,
    { handler, context, isCatch }: { handler: number; context: number; isCatch: boolean },
    result: number,
  ): void {
    const { graph } = this;
    const derived = this.resultOf(result);
    const finallyHandler = this.finallyHandler(handler, context);
    if (handler === NONE) {
      // without handlers: how V8 resolves a promise with another one
      if (derived !== NONE) graph.link(promise, derived, 'adopt');
      return;
    }
    const link = finallyHandler !== NONE ? 'finally' : isCatch ? 'catch' : 'then';
    const own = finallyHandler === NONE ? handler : finallyHandler;
    if (derived !== NONE) graph.link(promise, derived, link, own);
    else graph.addConsumer(promise, { link, handler: own });
  }

  private resultOf(result: number): number {
    return this.promises.isPromise(result) ? result : this.promises.ofCapability(result);
  }

  /** Several promises that wait to call the same resolving functions, and functions that others have too. */
  private markOthers(): void {
    const { promises, graph } = this;
    for (const [context, count] of this.resolving) {
      const link = this.isHeldByReactionsAlone(context) ? (count > 1 ? 'race' : 'adopt') : 'resolve';
      const promise = promises.settledByContext(context);
      for (const producer of graph.producers(promise)) {
        if (producer.link !== 'adopt') continue;
        producer.link = link;
        for (const consumer of graph.consumers(producer.promise ?? NONE))
          if (consumer.promise === promise) consumer.link = link;
      }
    }
  }

  private isHeldByReactionsAlone(context: number): boolean {
    const { heap, promises } = this;
    return heap
      .retainers(context)
      .filter(({ kind }) => kind !== 'weak')
      .every(({ from }) =>
        heap.retainers(from).every((by) => by.kind === 'weak' || promises.isReaction(by.from)),
      );
  }

  /** The promise of `Promise.all`, `any` or `allSettled` that a handler counts for. */
  private combined(
    onFulfilled: number,
    onRejected: number,
  ): { promise: number; link: 'all' | 'any' | 'allSettled' } | undefined {
    const fulfils = this.countsFor(onFulfilled);
    const rejects = this.countsFor(onRejected);
    if (fulfils === NONE && rejects === NONE) return undefined;
    const link = fulfils === NONE ? 'any' : rejects === NONE ? 'all' : 'allSettled';
    return { promise: fulfils === NONE ? rejects : fulfils, link };
  }

  private countsFor(handler: number): number {
    const { heap, promises } = this;
    if (!this.isClosure(handler) || heap.name(handler) !== '') return NONE;
    for (const { to } of heap.hiddenEdges(heap.follow(handler, 'context'))) {
      const promise = promises.ofCapability(to);
      if (promise !== NONE) return promise;
    }
    return NONE;
  }

  /** The function that was given to `finally`, of a handler that V8 made for it. */
  private finallyHandler(handler: number, context: number): number {
    const { heap } = this;
    if (handler === NONE || heap.name(handler) !== '') return NONE;
    const hidden = heap.hiddenEdges(context);
    return hidden.length === 2 && hidden.every(({ to }) => heap.kind(to) === 'closure')
      ? (hidden[0]?.to ?? NONE)
      : NONE;
  }

  private isClosure(node: number): boolean {
    return node !== NONE && this.heap.kind(node) === 'closure';
  }
}
