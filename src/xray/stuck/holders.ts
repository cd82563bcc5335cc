import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import type { Anchor } from '../settlers/anchor.js';
import type { Settler, Settlers } from '../settlers/settlers.js';
import type { SuspendedTask } from '../tasks/taskGraph.js';

/** Suspended tasks that may have what others wait for: a client of the pool, the function that opens the lock. */
export class Holders {
  private readonly heap: HeapGraph;
  /** Values that a task has in its variables, by the task. */
  private readonly values = new Map<SuspendedTask, number[]>();
  private readonly known = new Map<number, SuspendedTask[]>();

  constructor(private readonly settlers: Settlers) {
    this.heap = settlers.tools.heap;
  }

  /** Of what settles a promise. A task that has the resolve function itself is sure, all others may be. */
  of(promise: number): readonly SuspendedTask[] {
    let found = this.known.get(promise);
    if (!found) this.known.set(promise, (found = this.find(this.settlers.of(promise))));
    return found;
  }

  private find({ best }: Settler): SuspendedTask[] {
    if (!best) return [];
    if (best.task) return [best.task];
    if (best.kind !== 'variable' || !best.isQueued) return [];
    const above = nodesAboveQueue(best);
    const owner = above.findLast((node) => this.isOwner(node));
    return owner === undefined ? this.sharing(above) : this.using(owner, new Set(above));
  }

  /** The queue is a variable of a function: tasks that run beside it in the same scope. */
  private sharing(above: readonly number[]): SuspendedTask[] {
    const { graph, kinds } = this.settlers.tools;
    const context = above.findLast((node) => kinds.isContext(node) && !kinds.isModuleContext(node));
    if (context === undefined) return [];
    return [...graph.tasks.values()].filter(
      (task) =>
        task.awaits !== undefined &&
        (task.context === context || this.heap.follow(task.context, 'previous') === context),
    );
  }

  /** Tasks with a member of a collection of the owner, or with a function that leads to the owner. */
  private using(owner: number, path: ReadonlySet<number>): SuspendedTask[] {
    const { heap } = this;
    const members = this.membersOf(owner, path);
    const found: SuspendedTask[] = [];
    for (const task of this.settlers.tools.graph.tasks.values()) {
      if (task.awaits === undefined) continue;
      const has = this.valuesOf(task).some((value) => {
        if (heap.kind(value) === 'object') return members.has(value) && !NO_MEMBER.test(heap.name(value));
        return heap.kind(value) === 'closure' && !this.isClass(value) && this.leadsTo(value, owner, 2);
      });
      if (has) found.push(task);
    }
    return found;
  }

  private membersOf(owner: number, path: ReadonlySet<number>): Set<number> {
    const { heap } = this;
    const members = new Set<number>();
    const beyond = new Map([[owner, 0]]);
    let depth = 0;
    for (let ring = [owner]; ring.length > 0 && depth < MOST_RINGS && beyond.size < MOST_MEMBERS; depth++) {
      const next: number[] = [];
      for (const node of ring) {
        const from = beyond.get(node) ?? 0;
        if (from > 1 || (from === 0 && depth > 2)) continue;
        for (const { kind, name, to } of heap.edges(node)) {
          if (kind === 'weak' || NOT_INSIDE.has(String(name)) || beyond.has(to) || path.has(to)) continue;
          if (heap.kind(to) !== 'object' && heap.kind(to) !== 'array') continue;
          const isEntry = kind === 'element' || (kind === 'internal' && heap.kind(node) === 'array');
          const distance = from > 0 ? from + 1 : isEntry ? 1 : 0;
          if (distance > 0) members.add(to);
          beyond.set(to, distance);
          next.push(to);
        }
      }
      ring = next;
    }
    return members;
  }

  private leadsTo(node: number, owner: number, depth: number): boolean {
    const { heap } = this;
    const { kinds } = this.settlers.tools;
    return heap.edges(node).some(({ kind, name, to }) => {
      if (kind === 'weak' || NOT_THROUGH.has(String(name))) return false;
      if (name === 'context' && kind === 'internal' && kinds.isModuleContext(to)) return false;
      if (to === owner) return true;
      const isWay = ['closure', 'object', 'array'].includes(heap.kind(to)) && !kinds.isNativeContext(to);
      return depth > 0 && isWay && this.leadsTo(to, owner, depth - 1);
    });
  }

  private valuesOf(task: SuspendedTask): number[] {
    let values = this.values.get(task);
    if (values) return values;
    const { kinds } = this.settlers.tools;
    const own = task.registers === NONE ? [] : this.heap.edges(task.registers);
    const isOwn = task.context !== NONE && !kinds.isModuleContext(task.context);
    const captured = isOwn ? this.heap.edges(task.context).filter(({ kind }) => kind === 'context') : [];
    values = [...own, ...captured].map(({ to }) => to);
    this.values.set(task, values);
    return values;
  }

  private isOwner(node: number): boolean {
    const name = this.heap.name(node);
    return this.heap.kind(node) === 'object' && !NO_OWNER.test(name) && !A_LIST.test(name);
  }

  /** A function with properties of its own. */
  private isClass(closure: number): boolean {
    return this.heap
      .edges(closure)
      .some(
        ({ kind, name }) => kind === 'property' && !/^(name|length|prototype|__proto__)$/.test(String(name)),
      );
  }
}

/** What stands between the variable and the entry of the innermost queue. */
function nodesAboveQueue({ steps }: Anchor): number[] {
  const entry = steps.findLastIndex(({ isEntry }) => isEntry);
  return steps.slice(0, Math.max(0, entry)).map(({ node }) => node);
}

const NO_OWNER = /^(Object|Array|Map|Set|Promise|system|Node)\b/;
const A_LIST = /(Queue|List|Deque|Heap|Stack|Iterator)$/i;
const NO_MEMBER = /^system|^(Generator|Promise)$/;
const NOT_INSIDE = new Set(['__proto__', 'map', 'constructor']);
const NOT_THROUGH = new Set([
  '__proto__',
  'map',
  'shared',
  'code',
  'feedback_cell',
  'scope_info',
  'previous',
]);
const MOST_RINGS = 5;
const MOST_MEMBERS = 5_000;
