import type { Beat, WireEntry, WireFrame } from '../protocol/wire.js';
import { ProtocolError } from './protocolError.js';
import { readBeat } from './wireReader.js';

/** What the agent has told of the entries that are alive, and who waits for whom. */
export class AwaitGraph {
  private readonly scripts: string[] = [];
  private readonly frames: WireFrame[] = [];
  private scriptCount = 0;
  private siteCount = 0;
  private readonly nodes = new Map<number, WireEntry>();
  private readonly waiters = new Map<number, Set<number>>();
  private links = 0;
  /** Ids that ended lately, oldest first: a waiter may be sent again before it is resumed. */
  private readonly ended = new Set<number>();
  private lastSeq = 0;
  private droppedHere = 0;
  private droppedThere = { records: 0, sites: 0 };

  /** `onTouch`: what the graph says of this entry has changed. */
  constructor(
    private readonly onTouch: (id: number) => void,
    private readonly limits: { entries: number; links: number; sites: number } = LIMITS,
  ) {}

  /** Checks a beat; `undefined` for one that was applied before. The beat is not applied yet. */
  read(value: unknown): Beat | undefined {
    const beat = readBeat(value, { scripts: this.scriptCount, sites: this.siteCount });
    if (beat.seq <= this.lastSeq) return undefined;
    if (beat.seq !== this.lastSeq + 1) {
      throw new ProtocolError('Messages of the program were lost. Refresh to connect again.', true);
    }
    return beat;
  }

  /** First half of a beat: the tables and the entries; what has ended is still there. */
  put(beat: Beat): void {
    this.lastSeq = beat.seq;
    this.droppedThere = beat.dropped;
    for (const script of beat.scripts) {
      if (this.scriptCount++ < this.limits.sites) this.scripts.push(script);
    }
    for (const site of beat.sites) {
      const url = this.scripts[site.script] ?? '';
      if (this.siteCount++ < this.limits.sites) {
        this.frames.push({ url, line: site.line, column: site.column, function: site.function });
      }
    }
    for (const entry of beat.entries) this.putEntry(entry);
  }

  /** Second half: takes away what has ended. */
  remove(ended: readonly number[]): void {
    for (const id of ended) {
      this.ended.add(id);
      const entry = this.nodes.get(id);
      if (!entry) continue;
      this.unlink(entry);
      this.nodes.delete(id);
      this.touchAround(entry);
    }
    for (const id of this.ended) {
      if (this.ended.size <= ENDED_KEPT) break;
      this.ended.delete(id);
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

  /** A place of the table; `undefined` when it was not recorded or did not fit. */
  frame(site: number | undefined): WireFrame | undefined {
    return site === undefined ? undefined : this.frames[site];
  }

  /** Ids of live entries that it waits for. */
  awaits(entry: WireEntry): number[] {
    return [...new Set(entry.waits)].filter((id) => this.nodes.has(id));
  }

  /** Ids of live entries that wait for it. */
  awaitedBy(entry: WireEntry): number[] {
    return [...(this.waiters.get(entry.id) ?? [])];
  }

  /** Its state, or `ready` when what it waits for has ended and it has not gone on. */
  state(entry: WireEntry): WireEntry['state'] {
    if (entry.state === 'running' || entry.waits.length === 0 || !resumes(entry)) return entry.state;
    const waiting = entry.waits.filter((id) => !this.ended.has(id)).length;
    const enough = isRace(entry) ? waiting < entry.waits.length : waiting === 0;
    return enough ? 'ready' : entry.state;
  }

  /** Inputs of a combinator. */
  inputs(entry: WireEntry): { total: number; settled: number } | undefined {
    if (entry.inputs === undefined) return undefined;
    const waiting = entry.waits.filter((id) => !this.ended.has(id)).length;
    return { total: entry.inputs, settled: Math.max(0, entry.inputs - waiting) };
  }

  get dropped(): { records: number; sites: number } {
    return {
      records: this.droppedThere.records + this.droppedHere,
      sites: this.droppedThere.sites + Math.max(0, this.siteCount - this.frames.length),
    };
  }

  private putEntry(entry: WireEntry): void {
    const before = this.nodes.get(entry.id);
    if (!before && this.nodes.size >= this.limits.entries) {
      this.droppedHere++;
      return;
    }
    if (before) {
      this.unlink(before);
      this.touchAround(before);
    }
    this.nodes.set(entry.id, entry);
    this.link(entry);
    this.touchAround(entry);
  }

  private link(entry: WireEntry): void {
    for (const id of entry.waits) {
      if (id === 0) continue;
      if (this.links >= this.limits.links) {
        this.droppedHere++;
        continue;
      }
      const set = this.waiters.get(id) ?? new Set();
      this.waiters.set(id, set);
      if (!set.has(entry.id)) this.links++;
      set.add(entry.id);
    }
  }

  private unlink(entry: WireEntry): void {
    for (const id of entry.waits) {
      const set = this.waiters.get(id);
      if (!set?.delete(entry.id)) continue;
      this.links--;
      if (set.size === 0) this.waiters.delete(id);
    }
  }

  private touchAround(entry: WireEntry): void {
    this.onTouch(entry.id);
    for (const id of entry.waits) this.onTouch(id);
    for (const id of this.waiters.get(entry.id) ?? []) this.onTouch(id);
  }
}

const LIMITS = { entries: 1_000_000, links: 4_000_000, sites: 1_000_000 };
const ENDED_KEPT = 100_000;

/** Whether the end of what it waits for sets it going. */
function resumes(entry: WireEntry): boolean {
  return entry.kind !== 'new' && entry.kind !== 'promise' && entry.kind !== 'resource';
}

function isRace(entry: WireEntry): boolean {
  return entry.kind === 'combinator' && /\b(race|any)$/.test(entry.type);
}
