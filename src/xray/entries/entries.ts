import type { WireEntry } from '../../protocol/wire.js';
import { NONE } from '../heap/heapGraph.js';
import { isNodeInternal, isOwn } from '../../model/codeOrigin.js';
import type { AwaitPlace, LiveObjects, OpenResource } from '../live/liveObjects.js';
import type { Settlers } from '../settlers/settlers.js';
import { functionOf } from '../tasks/functions.js';
import type { ReadTasks } from '../tasks/readTasks.js';
import type { Link, Producer, SuspendedTask } from '../tasks/taskGraph.js';
import { resourceDetail } from './resourceDetail.js';
import { Sites } from './sites.js';
import type { ReadEntries } from './xrayTasks.js';

/** What the entries of an agent would be, read from a heap: what waits, for what, and where. */
export class Entries implements ReadEntries {
  readonly sites = new Sites();
  readonly entries: WireEntry[] = [];
  readonly handlerSites = new Map<number, number>();
  readonly internal = new Set<number>();
  private readonly tasks = new Map<SuspendedTask, number>();
  private readonly promises = new Map<number, number>();
  private readonly requests = new Map<number, number>();
  private readonly resources = new Map<number, number>();

  constructor(
    private readonly read: ReadTasks,
    live: Pick<LiveObjects, 'open'>,
    private readonly settlers: Pick<Settlers, 'of'>,
    private readonly places: ReadonlyMap<SuspendedTask, AwaitPlace>,
  ) {
    for (const [node, resource] of live.open) this.addResource(node, resource);
    const { graph } = read;
    for (const task of graph.tasks.values()) if (isShown(task)) this.addTask(task);
    for (const [task, id] of this.tasks)
      if (task.awaits !== undefined) this.entry(id).waits = this.waitsOf(task.awaits);
    for (const promise of graph.awaited()) this.addChain(promise);
    // chains may be long: what one of them leads to is looked at after it
    for (const [promise, id] of this.promises) this.addWaits(this.entry(id), promise);
  }

  /** Id of the entry of a task; `undefined`: it has none. */
  idOfTask(task: SuspendedTask): number | undefined {
    return this.tasks.get(task);
  }

  /** Promises that stand as entries of their own, by id. */
  *promiseEntries(): Generator<[id: number, promise: number]> {
    for (const [promise, id] of this.promises) yield [id, promise];
  }

  *taskEntries(): Generator<[id: number, task: SuspendedTask]> {
    for (const [task, id] of this.tasks) yield [id, task];
  }

  private addTask(task: SuspendedTask): void {
    const isGenerator = task.kind === 'async generator';
    const site = task.kind === 'module' ? undefined : this.sites.index(task);
    // the place has the name, which the original source may have another one for
    const name = isGenerator ? 'next' : site === undefined ? task.name : '';
    const entry = this.add(KINDS[task.kind], name);
    this.tasks.set(task, entry.id);
    entry.runs = 1;
    if (site !== undefined && !isGenerator) entry.site = site;
    const place = this.places.get(task);
    const awaited = place && this.sites.index({ ...place, name: task.kind === 'module' ? '' : task.name });
    if (awaited !== undefined) entry.await = awaited;
    // of a generator the code is known by where it stands alone
    else if (site !== undefined && isGenerator) entry.await = site;
    // without a promise it runs, or is about to: a heap does not tell which
    if (task.awaits !== undefined) entry.state = 'awaiting';
    if (isGenerator) this.addRequests(task);
  }

  /** Requests that wait until the first is served. */
  private addRequests(task: SuspendedTask): void {
    for (const promise of task.promises.slice(1)) {
      const entry = this.add('generator', 'next');
      entry.state = 'awaiting';
      entry.waits = [0];
      this.requests.set(promise, entry.id);
    }
  }

  /** Ids of what has to end before a promise settles. */
  private waitsOf(promise: number): number[] {
    const { graph } = this.read;
    const request = this.requests.get(promise);
    if (request !== undefined) return [request];
    const ends = graph.producers(promise).filter(({ task }) => task !== undefined);
    if (ends.length > 0) return ends.flatMap(({ task }) => (task && this.tasks.get(task)) ?? []);
    return [this.promiseId(promise)];
  }

  private promiseId(promise: number): number {
    const known = this.promises.get(promise);
    if (known !== undefined) return known;
    const producers = this.read.graph.producers(promise);
    const [first] = producers;
    const entry = first ? this.linked(first, producers) : this.add('promise', '');
    this.promises.set(promise, entry.id);
    return entry.id;
  }

  private addWaits(entry: WireEntry, promise: number): void {
    const producers = this.read.graph.producers(promise);
    entry.waits = [...new Set(producers.flatMap((one) => this.waitsOf(one.promise ?? NONE)))];
    if (producers.every(({ link }) => link === 'resolve')) this.addSettler(entry, promise);
  }

  private entry(id: number): WireEntry {
    const entry = this.entries[id - 1];
    if (!entry) throw new Error(`There is no entry ${id}`);
    return entry;
  }

  private linked(first: Producer, producers: readonly Producer[]): WireEntry {
    const combinator = COMBINATORS[first.link];
    if (combinator !== undefined) return this.add('combinator', combinator);
    if (first.link === 'resolve') return this.add('new', '');
    if (first.link === 'adopt') return this.add('promise', '');
    const site = this.handlerSite(producers.find((one) => one.handler !== undefined)?.handler);
    if (site === undefined && first.handler !== undefined) return this.add('promise', '');
    const entry = this.add('then', first.link);
    if (site !== undefined) this.handlerSites.set(entry.id, site);
    return entry;
  }

  /** Where the handler of a `then` begins; `undefined`: it is a function of V8 itself. */
  private handlerSite(handler: number | undefined): number | undefined {
    return handler === undefined ? undefined : this.sites.index(functionOf(this.read.heap, handler));
  }

  /** What stands behind a promise that neither a task nor another promise settles. */
  private addSettler(entry: WireEntry, promise: number): void {
    const { best } = this.settlers.of(promise);
    if (this.hasResolveFunction(promise)) entry.kind = 'new';
    if (best?.kind !== 'operation') return;
    const id =
      this.resources.get(best.node) ?? this.addResource(best.node, { type: 'Immediate', detail: {} });
    if (!entry.waits.includes(id)) entry.waits.push(id);
  }

  /** It was made by `new Promise`, or with its resolve functions. */
  private hasResolveFunction(promise: number): boolean {
    const { heap, promises } = this.read;
    return heap
      .retainers(promise)
      .some(({ from, kind }) => kind === 'hidden' && promises.settledByContext(from) === promise);
  }

  /** Chains of `then` that no task waits for. */
  private addChain(promise: number): void {
    const { graph } = this.read;
    for (const { promise: next, handler } of graph.consumers(promise)) {
      if (next === undefined || handler === undefined || graph.consumers(next).length > 0) continue;
      if (isOwn(functionOf(this.read.heap, handler).url)) this.waitsOf(next);
    }
  }

  private addResource(node: number, resource: OpenResource): number {
    const entry = this.add('resource', resource.type);
    this.resources.set(node, entry.id);
    entry.detail = resourceDetail(resource);
    const { heap } = this.read;
    const callback = heap.follow(node, '_onTimeout', 'property');
    const { url } = functionOf(heap, callback);
    if (url !== '' && isNodeInternal(url)) this.internal.add(entry.id);
    return entry.id;
  }

  private add(kind: WireEntry['kind'], type: string): WireEntry {
    const id = this.entries.length + 1;
    const entry: WireEntry = { id, kind, type, bornMs: 0, state: 'pending', waits: [], by: 0, runs: 0 };
    this.entries.push(entry);
    return entry;
  }
}

const KINDS: Record<SuspendedTask['kind'], WireEntry['kind']> = {
  'async function': 'function',
  'async generator': 'generator',
  generator: 'function',
  driven: 'function',
  module: 'module',
};

const COMBINATORS: Partial<Record<Link | 'end', string>> = {
  all: 'Promise.all',
  allSettled: 'Promise.allSettled',
  any: 'Promise.any',
  race: 'Promise.race',
};

/** A generator that nobody drives by promises is no task, and one without a request waits for nothing. */
function isShown(task: SuspendedTask): boolean {
  return task.kind === 'async generator' ? task.awaits !== undefined : task.kind !== 'generator';
}
