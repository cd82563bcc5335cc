import type { Poll, WireEntry, WireFrame } from '../../protocol/wire.js';
import { isNodeInternal } from '../codeOrigin.js';
import { IdMap } from '../idMap.js';
import { AwaitCycles } from './awaitCycles.js';
import { CollectedEntries } from './collectedEntries.js';
import { NumberSets } from './numberSets.js';
import { ownFrame } from './ownFrame.js';
import { isRace, Readiness } from './readiness.js';
import { ThreadPool } from './threadPool.js';

/** What the agent has told of the entries that are alive, and who waits for whom. */
export class AwaitGraph {
  private readonly scripts: string[] = [];
  private readonly frames: WireFrame[] = [];
  private scriptCount = 0;
  private siteCount = 0;
  private readonly nodes = new IdMap<WireEntry>();
  /** By what is waited for. */
  private readonly waiters = new NumberSets();
  private links = 0;
  /** Waits of all entries together, and letters of all texts. */
  private waitsKept = 0;
  private lettersKept = 0;
  private readonly readiness = new Readiness();
  private droppedHere = 0;
  private readonly limits: typeof LIMITS;
  private droppedThere: Poll['dropped'] = { records: 0, sites: 0 };
  private readonly circles = new AwaitCycles((id) => this.needs(id));
  private readonly threadPool: ThreadPool;
  private readonly collected = new CollectedEntries();
  /** Those that are collected, and who cannot go on without one. */
  private readonly unreachable = new Set<number>();
  /** Those `new Promise` that have waited for something. */
  private readonly promised = new Set<number>();

  /** `onTouch`: what the graph says of this entry has changed. */
  constructor(
    private readonly onTouch: (id: number) => void,
    options: { poolSize?: number; limits?: Partial<typeof LIMITS> } = {},
  ) {
    this.threadPool = new ThreadPool(options.poolSize ?? DEFAULT_POOL_SIZE);
    this.limits = { ...LIMITS, ...options.limits };
  }

  /** First half of a poll: the tables and the entries; what has ended is still there. */
  put(poll: Poll): void {
    this.readiness.observe(poll);
    this.droppedThere = poll.dropped;
    for (const script of poll.scripts) {
      if (this.scriptCount++ < this.limits.sites) this.scripts.push(this.keptText(script));
    }
    for (const site of poll.sites) {
      const url = this.scripts[site.script] ?? '';
      if (this.siteCount++ < this.limits.sites) {
        this.frames.push({
          url,
          line: site.line,
          column: site.column,
          function: this.keptText(site.function),
        });
      }
    }
    for (const entry of poll.entries) this.putEntry(this.bounded(entry));
  }

  /** Second half: takes away what has ended, and of what was collected what nobody is to be told of. */
  remove({ ended, collected = [] }: Pick<Poll, 'ended' | 'collected'>): void {
    this.readiness.end(ended);
    for (const id of ended) {
      const entry = this.nodes.get(id);
      if (entry) this.removeEntry(entry);
    }
    for (const id of collected) {
      const entry = this.nodes.get(id);
      if (entry && !this.collected.has(id)) this.collect(entry);
    }
  }

  get(id: number): WireEntry | undefined {
    return this.nodes.get(id);
  }

  /** Oldest first, as they were sent. */
  entries(): Iterable<WireEntry> {
    return this.nodes.values();
  }

  get size(): number {
    return this.nodes.size;
  }

  /** All places that were sent until now, by their indexes; more are added to the same list. */
  get places(): readonly WireFrame[] {
    return this.frames;
  }

  /** A place of the table; `undefined` when it was not recorded or did not fit. */
  frame(site: number | undefined): WireFrame | undefined {
    return site === undefined ? undefined : this.frames[site];
  }

  /** The place of the program that an operation is there for, else that in a package. */
  placeOf(operation: WireEntry): WireFrame | undefined {
    const own = ownFrame(operation, this);
    if (own) return own;
    const frame = this.frame(operation.site);
    return frame && isNodeInternal(frame.url) ? undefined : frame;
  }

  /** Ids of live entries that it waits for. */
  awaits({ waits }: WireEntry): number[] {
    const ids = waits.length < 2 ? waits : [...new Set(waits)];
    return ids.filter((id) => this.nodes.has(id));
  }

  /** Ids of live entries that wait for it. */
  awaitedBy({ id }: Pick<WireEntry, 'id'>): readonly number[] {
    return [...this.waiters.members(id)];
  }

  /** Works out what takes more than one entry to tell, before it is asked for. */
  update(): void {
    for (const id of this.circles.update()) this.onTouch(id);
    for (const id of this.threadPool.update()) this.onTouch(id);
  }

  /** It waits for itself, as far as was known at the last update. */
  isInCircle(entry: WireEntry): boolean {
    return this.circles.has(entry.id);
  }

  /** Ids of all that wait for themselves, as far as was known at the last update: another set where that has changed. */
  get circling(): ReadonlySet<number> {
    return this.circles.all;
  }

  /** Ids of all that nothing will ever settle. */
  get unsettleable(): ReadonlySet<number> {
    return this.unreachable;
  }

  /** Nothing will ever settle it: it was collected while it was pending, or cannot go on without what was. */
  isUnreachable({ id }: WireEntry): boolean {
    return this.unreachable.has(id);
  }

  /** How many more there were like it that are not kept. */
  unreachableMore(entry: WireEntry): number {
    return this.collected.more(entry);
  }

  /** Why an operation has not begun to run. */
  whyQueued(entry: WireEntry): string | undefined {
    return this.threadPool.whyQueued(entry.id);
  }

  /** A `new Promise` for which no operation and no other promise was ever seen. */
  isUnpromised(entry: WireEntry): boolean {
    return entry.kind === 'new' && entry.waits.length === 0 && !this.promised.has(entry.id);
  }

  /** Whether `id` waits for the entry, directly or through others; looks at a bounded number of them. */
  isAwaitedBy(entry: WireEntry, id: number): boolean {
    const seen = new Set([entry.id]);
    for (const waited of seen) {
      for (const waiter of this.waiters.members(waited)) {
        if (waiter === id) return true;
        if (seen.size < MAX_WAITERS) seen.add(waiter);
      }
    }
    return false;
  }

  /** Its state, or `ready` when what it waits for has ended and it has not gone on. */
  state(entry: WireEntry): WireEntry['state'] {
    return this.readiness.state(entry);
  }

  /** Since when it is ready, to a poll; `undefined`: it is not ready, or that is not known. */
  readySinceMs(entry: WireEntry): number | undefined {
    return this.readiness.sinceMs(entry);
  }

  /** Inputs of a combinator. */
  inputs(entry: WireEntry): { total: number; settled: number } | undefined {
    if (entry.inputs === undefined) return undefined;
    return { total: entry.inputs, settled: Math.max(0, entry.inputs - this.readiness.pending(entry)) };
  }

  get dropped(): Poll['dropped'] {
    return {
      ...this.droppedThere,
      records: this.droppedThere.records + this.droppedHere,
      sites: this.droppedThere.sites + Math.max(0, this.siteCount - this.frames.length),
    };
  }

  /** The text; nothing where all texts together have become too long. */
  private keptText(text: string): string {
    if (this.lettersKept + text.length > this.limits.letters) return '';
    this.lettersKept += text.length;
    return text;
  }

  /** With no more waits than there is room for; the others are counted, as an agent does that has too many. */
  private bounded(entry: WireEntry): WireEntry {
    const before = this.nodes.get(entry.id)?.waits.length ?? 0;
    const room = Math.max(0, this.limits.links - this.waitsKept + before);
    const more = entry.waits.length - room;
    if (more <= 0) return entry;
    this.droppedHere += more;
    return { ...entry, waits: entry.waits.slice(0, room), waitsMore: (entry.waitsMore ?? 0) + more };
  }

  private hasRoom(): boolean {
    const { nodes, limits } = this;
    return nodes.size < limits.entries && nodes.spread < limits.spread;
  }

  private putEntry(entry: WireEntry): void {
    const before = this.nodes.get(entry.id);
    const letters = this.lettersKept + lettersOf(entry) - (before ? lettersOf(before) : 0);
    if (letters > this.limits.letters || (!before && !this.hasRoom())) {
      this.droppedHere++;
      if (before) this.removeEntry(before);
      return;
    }
    this.lettersKept = letters;
    this.waitsKept += entry.waits.length - (before?.waits.length ?? 0);
    this.nodes.set(entry.id, entry);
    this.readiness.put(entry, before);
    if (entry.kind === 'new' && entry.waits.length > 0) this.promised.add(entry.id);
    if (entry.kind === 'resource' && entry.runs === 0) this.threadPool.began(entry.id, entry.type);
    else this.threadPool.ended(entry.id);
    this.onTouch(entry.id);
    if (!before) {
      this.link(entry, entry.waits);
      for (const id of this.waiters.members(entry.id)) this.onTouch(id);
      if (entry.waits.length > 0) this.circles.changed(entry.id);
      return;
    }
    // none of those is heard of again
    this.unreachable.delete(entry.id);
    const were = new Set(before.waits);
    const are = new Set(entry.waits);
    const added = entry.waits.filter((id) => !were.has(id));
    const removed = before.waits.filter((id) => !are.has(id));
    const left = this.unlink(entry, removed);
    this.link(entry, added);
    for (const one of left) this.removeEntry(one);
    const hasChanged = added.length + removed.length > 0 || before.kind !== entry.kind;
    if (hasChanged) this.circles.changed(entry.id);
  }

  /** Keeps what was collected while it was pending for the time that it tells something. */
  private collect(entry: WireEntry): void {
    if (this.collected.keep(entry, this.waiters.count(entry.id) > 0)) {
      this.cannotSettle(entry.id);
      return;
    }
    this.removeEntry(entry);
    const first = this.collected.countedAt(entry);
    if (first !== 0) this.onTouch(first);
    else if (entry.kind === 'function') this.droppedHere++;
  }

  /** Neither can whoever waits for that and nothing else. */
  private cannotSettle(id: number): void {
    const found = [id];
    for (const one of found) {
      if (this.unreachable.has(one)) continue;
      this.unreachable.add(one);
      this.onTouch(one);
      for (const waiter of this.waiters.members(one)) if (this.hangsOn(waiter, one)) found.push(waiter);
    }
  }

  private hangsOn(waiter: number, awaited: number): boolean {
    const entry = this.nodes.get(waiter);
    return entry !== undefined && HANGING.has(entry.kind) && entry.waits.every((id) => id === awaited);
  }

  /** And what was collected and is kept for it alone. */
  private removeEntry(entry: WireEntry): void {
    const leaving = [entry];
    for (const one of leaving) {
      if (this.nodes.delete(one.id)) {
        this.lettersKept -= lettersOf(one);
        this.waitsKept -= one.waits.length;
      }
      this.unreachable.delete(one.id);
      this.promised.delete(one.id);
      this.readiness.delete(one);
      this.threadPool.ended(one.id);
      if (this.circles.has(one.id)) this.circles.changed(one.id);
      leaving.push(...this.unlink(one, one.waits));
      this.onTouch(one.id);
      for (const id of this.waiters.members(one.id)) this.onTouch(id);
    }
  }

  /** What an entry cannot go on without; of several that may set it going, none is needed. */
  private needs(id: number): readonly number[] {
    const entry = this.nodes.get(id);
    if (!entry) return NOTHING;
    const { waits, kind } = entry;
    const isSure =
      kind === 'combinator'
        ? !isRace(entry) || entry.inputs === 1
        : kind === 'new'
          ? waits.length === 1
          : !waits.includes(0);
    return isSure ? waits.filter((awaited) => this.nodes.has(awaited)) : NOTHING;
  }

  private link(entry: WireEntry, waits: readonly number[]): void {
    for (const id of waits) {
      if (id === 0) continue;
      if (this.links >= this.limits.links || this.waiters.spread >= this.limits.spread) {
        this.droppedHere++;
        continue;
      }
      if (this.waiters.add(id, entry.id)) this.links++;
      this.onTouch(id);
      if (this.unreachable.has(id) && this.hangsOn(entry.id, id)) this.cannotSettle(entry.id);
    }
  }

  /** Returns what was collected and is to go, since nobody waits for it any more. */
  private unlink(entry: WireEntry, waits: readonly number[]): WireEntry[] {
    const left: WireEntry[] = [];
    for (const id of waits) {
      if (!this.waiters.delete(id, entry.id)) continue;
      this.links--;
      this.onTouch(id);
      const awaited = this.collected.isHeld(id) && this.waiters.count(id) === 0 && this.nodes.get(id);
      if (!awaited) continue;
      this.collected.letGo(awaited);
      left.push(awaited);
    }
    return left;
  }
}

/** `letters`: of all texts together. `spread`: of ids, which follow each other where an agent gives them. */
const LIMITS = { entries: 1_000_000, links: 2_500_000, sites: 250_000, letters: 48_000_000, spread: 100_000 };
/** Threads that libuv starts when it is not told otherwise. */
const DEFAULT_POOL_SIZE = 4;
/** Looked at to tell who waits for a promise through others. */
const MAX_WAITERS = 1_000;
const NOTHING: readonly number[] = [];
/** What waits for one thing, and cannot go on or settle without it. */
const HANGING: ReadonlySet<WireEntry['kind']> = new Set(['function', 'generator', 'module', 'then']);

/** Of what is seldom the same text as elsewhere. */
function lettersOf({ type, name = '', detail }: WireEntry): number {
  const own = type.length + name.length;
  if (detail === undefined) return own;
  const { host = '', method = '', path = '', file = '', statement = '', command = '' } = detail;
  return own + host.length + method.length + path.length + file.length + statement.length + command.length;
}
