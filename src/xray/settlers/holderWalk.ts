import { type HeapGraph, NONE, type Retainer } from '../heap/heapGraph.js';
import type { LiveObjects } from '../live/liveObjects.js';
import type { ReadTasks } from '../tasks/readTasks.js';
import { type Anchor, BEYOND_QUEUE, QUEUE_RANK, RANK, type Step, type Walk } from './anchor.js';
import { CostQueue } from './costQueue.js';
import type { HeapKinds } from './heapKinds.js';
import type { SettlingNodes } from './settlingNodes.js';

export interface WalkTools extends ReadTasks {
  kinds: HeapKinds;
  settling: SettlingNodes;
  live: Pick<LiveObjects, 'own' | 'resource'>;
  /** Whether an array is a list of calls, as far as that was asked. */
  listsOfCalls: Map<number, boolean>;
}

/**
 * Walks back from what settles a promise to what holds it, over the references of the heap, the cheapest first. Where a
 * promise stands between it jumps: the handler of a promise is called by whoever settles that one, not by who holds it.
 */
export class HolderWalk {
  private readonly heap: HeapGraph;
  private readonly cost = new Map<number, number>();
  private readonly steps = new Map<number, Step | undefined>();
  private readonly queued = new Set<number>();
  private readonly queue = new CostQueue();
  private readonly anchors: Anchor[] = [];
  private isComplete = true;

  /** `closed`: nodes that cannot settle it, since they wait for it themselves. */
  constructor(
    private readonly tools: WalkTools,
    private readonly closed: ReadonlySet<number>,
  ) {
    this.heap = tools.heap;
  }

  from(starts: readonly number[]): Walk {
    for (const start of starts) this.reach(start, 0, undefined);
    let visited = 0;
    for (let next = this.queue.pop(); next; next = this.queue.pop()) {
      if (next.cost > (this.cost.get(next.node) ?? 0)) continue;
      if (++visited > MOST_NODES || this.anchors.length >= MOST_ANCHORS) {
        this.isComplete = false;
        break;
      }
      this.look(next.node, next.cost);
    }
    const anchors = this.anchors.map((anchor) =>
      anchor.kind === 'listener' ? { ...anchor, event: this.eventOf(anchor.node) } : anchor,
    );
    return { anchors, isComplete: this.isComplete };
  }

  private reach(node: number, cost: number, step: Step | undefined): void {
    if (this.closed.has(node) || this.tools.live.own.has(node)) return;
    if ((this.cost.get(node) ?? Infinity) <= cost) return;
    this.cost.set(node, cost);
    if (step && (step.isEntry || this.queued.has(step.node))) this.queued.add(node);
    else this.queued.delete(node);
    this.steps.set(node, step);
    this.queue.push(cost, node);
  }

  private look(node: number, cost: number): void {
    const { heap, graph, promises, kinds, live } = this.tools;
    const kind = heap.kind(node);
    if (kind === 'synthetic') {
      this.add('native', node, cost, { native: heap.name(node) });
      return;
    }
    if (kind === 'object') {
      if (live.resource(node) !== undefined || this.isImmediate(node)) {
        this.add('operation', node, cost + carrierCost(heap.name(node)));
        return;
      }
      const native = kinds.nativeOf(node);
      if (native !== undefined && native !== 'MessagePort') {
        this.add('native', node, cost, { native });
        return;
      }
    }
    const task = graph.tasks.get(node);
    if (task && task.kind !== 'generator') {
      this.add('task', node, cost, { task });
      return;
    }
    if (promises.isReaction(node)) this.jump(node, cost);
    else for (const retainer of heap.retainers(node)) this.follow(node, cost, retainer);
  }

  private follow(node: number, cost: number, { from, kind, name }: Retainer): void {
    const { heap, kinds, live } = this.tools;
    if (live.own.has(from) || this.closed.has(from)) return;
    if (kind === 'weak' && !heap.isNamed(from, 'WeakRef')) return;
    const fromKind = heap.kind(from);
    const fromName = heap.name(from);
    if (fromKind === 'code' || fromKind === 'object shape' || METADATA.test(fromName)) return;
    if (kinds.isNativeContext(from)) {
      this.isComplete = false;
      return;
    }
    // the property says it better, which is there beside it
    if (kind === 'internal' && fromKind !== 'array' && BESIDE_PROPERTY.test(String(name))) return;
    const isModule = kind === 'context' && kinds.isModuleContext(from);
    if (isModule || (kind === 'property' && kinds.isGlobal(from))) {
      const last: Step = { node, label: name, kind, isEntry: false };
      this.add('variable', from, cost + 1, { variable: String(name) }, last);
      return; // everything in the module leads there
    }
    if (kind === 'property' && (name === '_events' || name === '<symbol kEvents>')) {
      this.add('listener', node, cost, { emitter: from });
      if (name !== '_events') {
        this.isComplete = false;
        return; // an AbortSignal: who could abort is not what is waited for
      }
    }
    const isEntry = this.isEntry(from, { kind, name, isArray: fromKind === 'array' });
    this.reach(from, cost + (COST[kind] ?? 3) + farCost(name), { node, label: name, kind, isEntry });
  }

  /** The handlers of a promise are called by who settles it. */
  private jump(reaction: number, cost: number): void {
    const { heap, graph, promises, settling } = this.tools;
    let promise = reaction;
    for (let hops = 0; hops < MOST_REACTIONS && promises.isReaction(promise); hops++) {
      promise =
        heap.retainers(promise).find(({ from }) => promises.isReaction(from) || promises.isPromise(from))
          ?.from ?? NONE;
    }
    if (promise === NONE || promises.isReaction(promise)) {
      this.isComplete = false; // it is about to run
      return;
    }
    const step: Step = { node: reaction, label: 'then', kind: 'jump', isEntry: false };
    const seen = new Set([promise]);
    for (const one of seen) {
      const producers = graph.producers(one);
      for (const { task, promise: before } of producers) {
        if (task) this.reach(task.node, cost + 1, step);
        else if (before !== undefined) seen.add(before);
      }
      const { starts, isUnderstood } = settling.of(one);
      if (!isUnderstood) this.isComplete = false;
      if (producers.every(({ link }) => link === 'resolve'))
        for (const start of starts) this.reach(start, cost + 1, step);
    }
  }

  private add(
    kind: Anchor['kind'],
    node: number,
    cost: number,
    more: Partial<Anchor> = {},
    last?: Step,
  ): void {
    const isQueued = this.queued.has(last?.node ?? node);
    const rank =
      kind === 'variable' && isQueued
        ? QUEUE_RANK
        : RANK[kind] + (isQueued && kind !== 'variable' ? BEYOND_QUEUE : 0);
    const steps: Step[] = last ? [last] : [];
    for (let step = this.steps.get(last?.node ?? node); step; step = this.steps.get(step.node))
      steps.push(step);
    this.anchors.push({ kind, node, rank, cost, steps, isQueued, ...more });
  }

  /** Which of an emitter's events lead to the promise; of several the one that does not end the wait by a failure. */
  private eventOf(events: number): string {
    const { heap } = this;
    const isReached = (node: number): boolean => this.cost.has(node);
    const names = heap
      .edges(events)
      .filter(({ kind }) => kind === 'property')
      .filter(
        ({ to }) =>
          isReached(to) || heap.edges(to).some((edge) => edge.kind === 'element' && isReached(edge.to)),
      )
      .map(({ name }) => String(name));
    return names.find((name) => !ENDS.has(name)) ?? names[0] ?? '';
  }

  private isEntry(
    holder: number,
    { kind, name, isArray }: { kind: Retainer['kind']; name: string | number; isArray: boolean },
  ): boolean {
    const isOne =
      kind === 'element' ||
      (kind === 'internal' && isArray) ||
      (kind === 'property' && /^[#_]?(next|prev|head|tail|first|last)$/i.test(String(name)));
    if (!isOne) return false;
    const { listsOfCalls } = this.tools;
    let isList = listsOfCalls.get(holder);
    if (isList === undefined) listsOfCalls.set(holder, (isList = this.isListOfCalls(holder)));
    return !isList;
  }

  /** Arrays of listeners, of bound arguments and of a timer's arguments are no collections of the program. */
  private isListOfCalls(array: number): boolean {
    const { heap } = this;
    for (const { from, kind, name } of heap.retainers(array)) {
      if (CALL_LISTS.has(String(name))) return true;
      if (kind === 'property' && heap.retainers(from).some((up) => up.name === '_events')) return true;
    }
    return false;
  }

  private isImmediate(node: number): boolean {
    return (
      this.heap.isNamed(node, 'Immediate') && this.heap.follow(node, '_onImmediate', 'property') !== NONE
    );
  }
}

/** A child's pipes lead to the same callback as the child itself, which says more. */
function carrierCost(name: string): number {
  return name === 'ChildProcess' || name === 'Worker' ? -6 : name === 'Socket' ? 3 : 0;
}

/** What the program's own code seldom goes through. */
function farCost(name: string | number): number {
  return name === '__proto__' || name === '<symbol kResourceStore>' || / WeakMap/.test(String(name)) ? 6 : 0;
}

const COST: Partial<Record<Retainer['kind'], number>> = {
  property: 1,
  element: 1,
  context: 1,
  internal: 2,
  shortcut: 2,
  hidden: 3,
  weak: 6,
};
/** What V8 keeps beside objects and functions: no code is called through it. */
const METADATA =
  /^system \/ (Map|FeedbackCell|FeedbackMetadata|FeedbackVector|Weak|PropertyCell|TransitionArray|PrototypeInfo|SharedFunctionInfo|ScopeInfo|AllocationSite|DescriptorArray|Script$)/;
/** What comes instead of the event that is waited for. */
export const ENDS: ReadonlySet<string> = new Set(['error', 'close', 'abort', 'end']);
const BESIDE_PROPERTY = /^(elements|properties|\d+)$/;
const CALL_LISTS = new Set(['bindings', 'bound_arguments', 'parameters_and_registers', '_timerArgs']);
const MOST_NODES = 20_000;
const MOST_ANCHORS = 12;
const MOST_REACTIONS = 10_000;
