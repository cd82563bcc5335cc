import type { WireDetail } from '../../protocol/wire.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';
import type { LiveList } from '../records/liveList.js';
import { nowMs } from '../clocks/clock.js';

/** Async resource type of what the program has named. */
export const NAMED = 'NAMED';

/** More who hold one are counted only. */
const MAX_HOLDERS = 1_000;

/** A lock, a pool or the like to which the program has given a name: who holds it, and who waits for it. */
export class NamedResource {
  private record: AsyncRecord | null = null;
  private readonly holders: AsyncRecord[] = [];
  /** Of whom it is not known who they are. */
  private unknown = 0;

  /** `size`: how many can hold it at the same time. `mayBeHandedOn`: whoever holds it may let another one release it. */
  constructor(
    private readonly live: LiveList,
    private readonly name: string,
    private readonly size: number,
    private readonly mayBeHandedOn = false,
    /** How many hold it, where somebody else knows. */
    private readonly count?: () => number,
  ) {}

  /** Read when it is told. */
  detail(): WireDetail {
    return { used: this.count?.() ?? this.holders.length + this.unknown, size: this.size };
  }

  waitedFor(promise: AsyncRecord | null): void {
    if (promise === null || (promise.flags & Flag.Ended) !== 0) return;
    (extraOf(promise).inputs ??= []).push(this.told());
    this.live.markDirty(promise);
  }

  /** One was free for it. */
  waitedForNoMore(promise: AsyncRecord | null): void {
    const extra = promise?.extra ?? null;
    if (promise === null || extra === null) return;
    extra.inputs = (extra.inputs ?? []).filter((input) => input !== this.record);
    this.live.markDirty(promise);
  }

  /** `holder`: `null` where it is not known. */
  held(holder: AsyncRecord | null): void {
    if (holder !== null && this.holders.length < MAX_HOLDERS) this.holders.push(holder);
    else this.unknown++;
    this.changed();
  }

  released(holder: AsyncRecord | null): void {
    const index = holder === null ? -1 : this.holders.lastIndexOf(holder);
    if (index >= 0) this.holders.splice(index, 1);
    else if (this.unknown > 0) this.unknown--;
    this.changed();
  }

  /** At a poll: an `acquire` that held it has returned to its caller. */
  refresh(): void {
    const { record } = this;
    if (record !== null && this.holders.some(({ flags }) => (flags & Flag.Ended) !== 0))
      this.live.markDirty(record);
  }

  private changed(): void {
    const record = this.told();
    // one of several who go on is enough, and who is not known may be anybody
    if (this.mayBeHandedOn || this.size > 1 || this.unknown > 0) record.flags |= Flag.Asked;
    else record.flags &= ~Flag.Asked;
    this.live.markDirty(record);
  }

  private told(): AsyncRecord {
    const { record } = this;
    if (record !== null && (record.flags & Flag.Ended) === 0) return record;
    const made = this.live.create(Kind.Resource, Math.round(nowMs()), this, 0);
    const extra = extraOf(made);
    extra.type = NAMED;
    extra.name = this.name;
    extra.inputs = this.holders;
    this.live.isFilling = false;
    return (this.record = made);
  }
}
