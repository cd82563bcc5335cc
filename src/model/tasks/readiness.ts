import type { Poll, WireEntry } from '../../protocol/wire.js';

/** Which entries are ready to go on, and since when, by what has ended. */
export class Readiness {
  /** Ids that ended lately, oldest first, and when: a waiter may be sent again before it is resumed. */
  private readonly ended = new Map<number, number | undefined>();
  /** Of those that were ready when that was heard of them: when it was. */
  private readonly readyAtOnce = new Map<number, number | undefined>();
  /** The last poll that left nothing to be told. */
  private caughtUpMs = Number.NEGATIVE_INFINITY;
  /** When that happened of which the last poll tells; `undefined`: it may be long ago. */
  private toldMs: number | undefined;

  /** A poll begins. */
  observe(poll: Pick<Poll, 'nowMs' | 'more'>): void {
    this.toldMs = poll.nowMs - this.caughtUpMs <= RECENT_MS ? poll.nowMs : undefined;
    if (!poll.more) this.caughtUpMs = poll.nowMs;
  }

  /** These have ended. */
  end(ids: readonly number[]): void {
    for (const id of ids) this.ended.set(id, this.toldMs);
    for (const id of this.ended.keys()) {
      if (this.ended.size <= ENDED_KEPT) break;
      this.ended.delete(id);
    }
  }

  /** An entry is told anew. It may be ready already: nothing is known of the time before. */
  put(entry: WireEntry, before: WireEntry | undefined): void {
    if (this.state(entry) !== 'ready') this.readyAtOnce.delete(entry.id);
    else if (!before || before.runs !== entry.runs || this.state(before) !== 'ready')
      this.readyAtOnce.set(entry.id, this.toldMs);
  }

  delete({ id }: WireEntry): void {
    this.readyAtOnce.delete(id);
  }

  /** Its state, or `ready` when what it waits for has ended and it has not gone on. */
  state(entry: WireEntry): WireEntry['state'] {
    if (entry.state === 'running' || entry.waits.length === 0 || !resumes(entry)) return entry.state;
    const waiting = this.pending(entry);
    const enough = isRace(entry) ? waiting < all(entry) : waiting === 0;
    return enough ? 'ready' : entry.state;
  }

  /** Since when it is ready, to a poll: what it waits for had ended then. `undefined`: it is not ready, or that is not known. */
  sinceMs(entry: WireEntry): number | undefined {
    if (this.state(entry) !== 'ready') return undefined;
    if (this.readyAtOnce.has(entry.id)) return this.readyAtOnce.get(entry.id);
    const ended = entry.waits.filter((id) => this.ended.has(id));
    const known = ended.flatMap((id) => this.ended.get(id) ?? []);
    if (known.length === 0 || known.length < ended.length) return undefined;
    return isRace(entry) ? Math.min(...known) : Math.max(...known);
  }

  /** How many of those that it waits for have not ended, with those that are not named. */
  pending(entry: WireEntry): number {
    const named = entry.waits.filter((id) => !this.ended.has(id)).length;
    return named + (entry.waitsMore ?? 0);
  }
}

/** The first of several inputs that settles is enough for it. */
export function isRace(entry: WireEntry): boolean {
  return entry.kind === 'combinator' && /\b(race|any)$/.test(entry.type);
}

/** Whether the end of what it waits for sets it going. */
function resumes(entry: WireEntry): boolean {
  return entry.kind !== 'new' && entry.kind !== 'promise' && entry.kind !== 'resource';
}

function all(entry: WireEntry): number {
  return entry.waits.length + (entry.waitsMore ?? 0);
}

const ENDED_KEPT = 100_000;
/** What a poll tells has happened since the last one; where that is longer ago, it is not known when. */
const RECENT_MS = 500;
