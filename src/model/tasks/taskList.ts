import { t } from '../../base/texts.js';
import type { Site, Task } from '../../protocol/snapshot.js';
import type { WireEntry } from '../../protocol/wire.js';
import type { AwaitGraph } from './awaitGraph.js';
import { isDependency, isNodeInternal, isOwn } from '../codeOrigin.js';
import { IdMap } from '../idMap.js';
import { NumberSets } from './numberSets.js';
import { keepsAlive, resourceType } from './resourceTypes.js';
import { type Moment, startAgeing, stopAgeing } from './taskAge.js';
import { entryNames, timerDueMs } from './taskNames.js';
import { SortedMap } from '../sortedMap.js';
import type { TaskPieces } from './taskHistory.js';

export interface TaskListContext {
  /** Id of the process. */
  readonly pid: number;
  /** The agent came after the program had started. */
  readonly late: boolean;
  taskId(entry: number): string;
  resolve(site: number): Site | undefined;
  /** What an `await` of the program's own code waits for, as its source says it. */
  awaitedText?(site: number): string | undefined;
}

/** The public tasks of the entries that are alive; only what changed is made again. */
export class TaskList {
  /** By the id of the entry. */
  private readonly listed = new SortedMap<Task>();
  /** All of them, until something changes. */
  private pieces: TaskPieces | undefined;
  private readonly moment: Moment = { nowMs: 0 };
  /** Entries that have no task yet, and those whose tasks have changed, or show places that are known better now. */
  private readonly fresh = new Set<number>();
  private readonly stale = new Set<number>();
  private readonly misplaced = new Set<number>();
  private readonly sites = new Map<number, Site | undefined>();
  /** By the task that made them: such promises, which have to be looked at again when it goes on. */
  private readonly madeBy = new NumberSets();
  /** Of entries that are alive: each id is one text, however many tasks name it. */
  private readonly ids = new IdMap<string>();

  constructor(
    private readonly graph: AwaitGraph,
    private readonly context: TaskListContext,
  ) {}

  /** How many were too many for the last update. */
  get backlog(): number {
    return this.fresh.size + this.misplaced.size;
  }

  changed(id: number): void {
    if (!this.graph.get(id)) this.forget(id);
    else if (this.listed.get(id)) this.stale.add(id);
    else this.fresh.add(id);
    for (const made of this.madeBy.members(id)) this.stale.add(made);
    this.madeBy.clear(id);
  }

  sitesChanged(): void {
    this.sites.clear();
    this.listed.forEach((_, id) => this.misplaced.add(id));
  }

  /**
   * Makes those that have changed again, and new ones; of what may be very many only so many, the others the next time.
   * From now on all have their ages at this moment of the debuggee's clock.
   */
  update(nowMs: number, most: number): void {
    this.graph.update();
    const fresh = take(this.fresh, most);
    const misplaced = take(this.misplaced, most - fresh.length);
    // what waited for one that was not listed can be linked with it now
    for (const id of fresh)
      for (const waiter of this.graph.awaitedBy({ id })) if (this.listed.get(waiter)) this.stale.add(waiter);
    const ids = new Set([...fresh, ...misplaced, ...this.stale]);
    this.stale.clear();
    for (const id of [...ids].sort((a, b) => a - b)) this.makeAgain(id);
    this.moment.nowMs = nowMs;
  }

  /**
   * In the order of their birth, and these after them. A task that has not changed is the same object as the last
   * time, only older.
   */
  with(others: readonly Task[]): TaskPieces {
    this.pieces ??= this.listed.pieces();
    return others.length > 0 ? [...this.pieces, others] : this.pieces;
  }

  /** The task of one entry at a moment, which need not be alive any more. */
  one(entry: WireEntry, nowMs: number): Task {
    return { ...this.make(entry), ageMs: Math.max(0, nowMs - entry.bornMs) };
  }

  private makeAgain(id: number): void {
    const entry = this.graph.get(id);
    if (!entry) return;
    const before = this.listed.get(id);
    if (before) stopAgeing(before);
    this.pieces = undefined;
    const task = this.make(entry);
    this.addPromised(task, entry);
    const readySinceMs = this.graph.readySinceMs(entry);
    if (readySinceMs !== undefined) task.readySinceMs = readySinceMs;
    const times = { bornMs: entry.bornMs, dueMs: timerDueMs(entry.detail) };
    this.listed.set(id, startAgeing(task, this.moment, times));
  }

  /** It has ended. */
  private forget(id: number): void {
    for (const ids of [this.fresh, this.stale, this.misplaced]) ids.delete(id);
    this.ids.delete(id);
    const task = this.listed.get(id);
    if (!task) return;
    stopAgeing(task);
    this.listed.delete(id);
    this.pieces = undefined;
  }

  private make(entry: WireEntry): Ageless {
    const { graph, context } = this;
    const site = this.site(entry.site);
    const awaitingAt = this.site(entry.await);
    const call = this.site(entry.call);
    const isDefinition = entry.kind === 'function' || entry.kind === 'module';
    const { kind, type, name, detail } = entryNames(entry, this.codeSite(entry));
    const task: Ageless = {
      id: this.idOf(entry.id),
      kind,
      type,
      name,
      state: graph.state(entry),
      awaits: this.idsOf(graph.awaits(entry)),
      awaitedBy: this.idsOf(graph.awaitedBy(entry)),
      busyMs: entry.busyMs ?? 0,
      runs: entry.runs,
    };
    if (detail !== undefined) task.detail = detail;
    if (entry.readyMs !== undefined) task.readyMs = entry.readyMs;
    const createdAt = isDefinition ? call : site;
    if (createdAt) task.createdAt = createdAt;
    const through = this.site(entry.through);
    if (through) task.through = through;
    if (isDefinition && site) task.definedAt = site;
    if (awaitingAt && task.state !== 'running') {
      task.awaitingAt = awaitingAt;
      const text = this.isNamed(entry) ? undefined : context.awaitedText?.(entry.await ?? 0);
      if (text !== undefined) task.awaiting = text;
    }
    if (entry.by !== 0) task.createdBy = this.idOf(entry.by);
    const inputs = graph.inputs(entry);
    if (inputs) task.inputs = inputs;
    const queued = graph.whyQueued(entry);
    if (queued !== undefined) task.detail = queued;
    if (inputs?.total === 0 && isEndlessRace(entry)) task.detail = t('no inputs: never settles');
    if (entry.waitsMore !== undefined) task.awaitsMore = entry.waitsMore;
    if (graph.isInCircle(entry)) task.circle = true;
    if (graph.isUnreachable(entry)) task.unreachable = true;
    const more = graph.unreachableMore(entry);
    if (more > 0) task.unreachableMore = more;
    if (isInternal(entry, call)) task.internal = true;
    const started = this.started(entry);
    if (started) task.started = started;
    if (entry.kind === 'resource' && keepsAlive(entry.type))
      task.keepsAlive = entry.detail?.loose === undefined;
    if (entry.detail?.loose === 'unref') task.unref = true;
    if (context.late && entry.bornMs <= 0) task.beforeAttach = true;
    return task;
  }

  /** What it awaits says itself what it is. */
  private isNamed({ waits }: WireEntry): boolean {
    const awaited = this.graph.get(waits[0] ?? 0);
    if (!awaited) return false;
    const file = this.graph.frame(awaited.site)?.url ?? '';
    return awaited.kind === 'combinator' || (NAMED_BY_CODE.has(awaited.kind) && isOwn(file));
  }

  /** A place in the code that it runs; of what runs none, in the code that made it. */
  private codeSite(entry: WireEntry): Site | undefined {
    switch (entry.kind) {
      case 'function':
      case 'module':
        return this.site(entry.site) ?? this.site(entry.await);
      case 'generator':
        // the place of its request is the caller's
        return this.site(entry.await);
      case 'resource':
        return this.site(entry.call);
      case 'new':
        return this.site(entry.call) ?? this.site(entry.site);
      case 'then':
      case 'combinator':
      case 'promise':
        return this.site(entry.site);
    }
  }

  private started({ kind, type, detail }: WireEntry): Task['started'] {
    if (kind !== 'resource' || !detail) return undefined;
    if (type === 'WORKER' && detail.threadId !== undefined)
      return { pid: this.context.pid, threadId: detail.threadId };
    if (type === 'PROCESSWRAP' && detail.pid !== undefined) return { pid: detail.pid, threadId: 0 };
    return undefined;
  }

  /** Says so when nothing is known that will settle a promise of the program's own code. */
  private addPromised(task: Ageless, entry: WireEntry): void {
    const site = task.createdAt;
    if (!this.graph.isUnpromised(entry) || task.unreachable || task.beforeAttach || !site) return;
    if (isNodeInternal(site.file) || isDependency(site.file)) return;
    if (!this.isHeld(entry)) task.unpromised = true;
  }

  /** The task that made it goes on without it, and may settle it yet. */
  private isHeld(entry: WireEntry): boolean {
    const maker = this.graph.get(entry.by);
    if (!maker || maker.kind === 'resource') return false;
    if (this.madeBy.count(entry.by) < MAX_MADE) this.madeBy.add(entry.by, entry.id);
    return !this.graph.isAwaitedBy(entry, entry.by);
  }

  private idOf(entry: number): string {
    const known = this.ids.get(entry);
    if (known !== undefined) return known;
    const id = this.context.taskId(entry);
    if (this.graph.get(entry)) this.ids.set(entry, id);
    return id;
  }

  private idsOf(entries: readonly number[]): string[] {
    return entries.map((id) => this.idOf(id));
  }

  private site(index: number | undefined): Site | undefined {
    if (index === undefined) return undefined;
    if (!this.sites.has(index)) this.sites.set(index, this.context.resolve(index));
    return this.sites.get(index);
  }
}

/** A race without inputs. */
function isEndlessRace({ type, waits }: WireEntry): boolean {
  return type.endsWith('race') && waits.length === 0;
}

/** Of a worker people know the worker, not the ports that Node talks to it through. */
function isInternal({ kind, type }: WireEntry, call: Site | undefined): boolean {
  if (kind !== 'resource') return false;
  return (
    resourceType(type).internal === true || (type === 'MESSAGEPORT' && call?.file === 'node:internal/worker')
  );
}

/** Takes so many out of a set, in its order. */
function take(ids: Set<number>, most: number): number[] {
  const taken: number[] = [];
  for (const id of ids) {
    if (taken.length >= most) break;
    ids.delete(id);
    taken.push(id);
  }
  return taken;
}

/** What runs is called like its function. */
const NAMED_BY_CODE: ReadonlySet<WireEntry['kind']> = new Set(['function', 'generator', 'module']);

/** A task but for its age. */
type Ageless = Omit<Task, 'ageMs'>;

/** Promises of one task that are looked at again when it goes on. */
const MAX_MADE = 100;
