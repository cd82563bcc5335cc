import { AsyncRecord, type Extra, Flag, Kind, TaskRecord } from './records.js';

/** A record holds its promise strongly for this long; most have settled by then and never need a WeakRef. */
const YOUNG_MS = 1_000;

/** More than this many live records are counted, not kept. */
const MAX_LIVE = 2_000_000;

/** More results than this in one beat are not kept for the host. */
const MAX_SETTLED = 200;

/** Whether a record is over without having said so. `target` is null where it was collected. */
type IsOver = (record: AsyncRecord, target: object | null) => boolean;

/**
 * All records that have not ended, by age, in one intrusive list. Cursors divide it: what the host has not
 * been told, what is still held strongly, and where the search for collected promises goes on.
 */
export class LiveList {
  private readonly head = new AsyncRecord(0, Kind.Resource, 0, null);
  private lastId = 0;
  /** First record that the host has not been told of. */
  private unsent: AsyncRecord = this.head;
  /** First record that is held strongly. */
  private young: AsyncRecord = this.head;
  private scan: AsyncRecord = this.head;
  size = 0;
  /** Records that did not fit. */
  dropped = 0;
  /** A hook has made the youngest record and not told it all: a beat can come at any call of a function. */
  isFilling = false;
  /** Called with what a resource's record leaves behind. */
  onResourceEnd: (extra: Extra) => void = () => {};
  private changed: AsyncRecord[] = [];
  private ended: number[] = [];
  private collected: number[] = [];
  /** Tasks that settled since the last beat, and those that the host may ask for now: ids and promises in turns. */
  private settling: (number | object)[] = [];
  private settled: (number | object)[] = [];

  create(kind: Kind, nowMs: number, ref: object | null, by: number): AsyncRecord {
    const record = new AsyncRecord(++this.lastId, kind, nowMs, ref);
    record.by = by;
    this.add(record);
    return record;
  }

  createTask(kind: Kind, nowMs: number, ref: object | null, by: number): TaskRecord {
    const record = new TaskRecord(++this.lastId, kind, nowMs, ref);
    record.by = by;
    this.add(record);
    return record;
  }

  /** From now on the record ends when this promise is collected. */
  follow(record: AsyncRecord, ref: object): void {
    record.ref = (record.flags & Flag.Weak) !== 0 ? new WeakRef(ref) : ref;
  }

  private add(record: AsyncRecord): void {
    if (this.size >= MAX_LIVE) {
      this.dropped++;
      record.flags = Flag.Ended;
      record.ref = null;
      return;
    }
    this.isFilling = true;
    const head = this.head;
    const last = head.prev;
    record.prev = last;
    record.next = head;
    last.next = record;
    head.prev = record;
    if (this.unsent === head) this.unsent = record;
    if (this.young === head) this.young = record;
    this.size++;
  }

  /** Takes a record out: it settled, was destroyed or was collected. */
  end(record: AsyncRecord): void {
    const flags = record.flags;
    if ((flags & Flag.Ended) !== 0) return;
    record.flags = flags | Flag.Ended;
    const next = record.next;
    if (this.unsent === record) this.unsent = next;
    if (this.young === record) this.young = next;
    if (this.scan === record) this.scan = next;
    record.prev.next = next;
    next.prev = record.prev;
    record.next = record.prev = record;
    record.ref = record.link = null;
    if (record.kind === Kind.Resource && record.extra !== null) this.onResourceEnd(record.extra);
    record.extra = null;
    this.size--;
    if ((flags & Flag.Sent) !== 0) {
      if ((flags & Flag.Collected) !== 0) this.collected.push(record.id);
      else this.ended.push(record.id);
    }
  }

  /**
   * Its target was collected. A promise will never settle then, and an async function never go on: of that the host must
   * have heard before.
   */
  private targetCollected(record: AsyncRecord): void {
    const { kind, flags } = record;
    const isOwn = kind !== Kind.Resource && (flags & Flag.Synthetic) === 0;
    if (isOwn && kind === Kind.Function && (flags & Flag.Sent) === 0) return;
    if (isOwn) record.flags |= Flag.Collected;
    this.end(record);
  }

  /** Keeps a task's promise for one beat more, so that the host can see its result. */
  keepSettled(id: number, promise: object): void {
    if (this.settling.length < 2 * MAX_SETTLED) this.settling.push(id, promise);
  }

  /** At a beat: what was kept for the one before is let go. Returns how many can be asked for now. */
  turnSettled(): number {
    this.settled = this.settling;
    this.settling = [];
    return this.settled.length / 2;
  }

  takeSettled(): (number | object)[] {
    const { settled } = this;
    this.settled = [];
    return settled;
  }

  /** Notes that the host's picture of a record is out of date. */
  touch(record: AsyncRecord): void {
    const { flags } = record;
    if ((flags & Flag.Sent) === 0 || (flags & (Flag.Dirty | Flag.Ended)) !== 0) return;
    record.flags |= Flag.Dirty;
    this.changed.push(record);
  }

  /**
   * Begins a new conversation: the host knows nothing. There may be a million records: what their flags say of the last
   * one is left to `take`. Until then some may be sent twice, or end without the host having heard of them.
   */
  forgetSent(): void {
    this.unsent = this.head.next;
    this.changed = [];
    this.ended = [];
    this.collected = [];
  }

  /** Ends everything: what happens from now on is not seen. */
  clear(): void {
    for (let record = this.head.next; record !== this.head; record = this.head.next) {
      this.end(record);
      record.flags |= Flag.Forgotten;
    }
    this.settling = [];
    this.settled = [];
  }

  /** Hands out up to `limit` records to be sent, the changed ones first. True: there are more. */
  take(limit: number, send: (record: AsyncRecord) => void): boolean {
    let left = limit;
    while (left > 0) {
      const record = this.changed.pop();
      if (record === undefined) break;
      record.flags &= ~Flag.Dirty;
      if ((record.flags & Flag.Ended) !== 0) continue;
      left--;
      send(record);
    }
    const end = this.isFilling ? this.head.prev : this.head;
    while (left > 0 && this.unsent !== end && this.unsent !== this.head) {
      const record = this.unsent;
      this.unsent = record.next;
      record.flags = (record.flags & ~Flag.Dirty) | Flag.Sent;
      left--;
      send(record);
    }
    return this.unsent !== this.head || this.changed.length > 0;
  }

  takeEnded(limit: number): number[] {
    if (this.ended.length <= limit) {
      const all = this.ended;
      this.ended = [];
      return all;
    }
    return this.ended.splice(0, limit);
  }

  takeCollected(limit: number): number[] {
    return this.collected.splice(0, limit);
  }

  get hasEnded(): boolean {
    return this.ended.length > 0 || this.collected.length > 0;
  }

  /** Lets go of what is no longer young, a slice at a time; a timer that was cleared meanwhile is over. */
  weaken(nowMs: number, limit: number, isOver: IsOver): void {
    const before = nowMs - YOUNG_MS;
    for (let n = 0; n < limit; n++) {
      const record = this.young;
      if (record === this.head || record.bornMs > before) return;
      this.young = record.next;
      if (record.ref !== null && isOver(record, record.ref)) {
        this.end(record);
      } else if (record.ref !== null) {
        record.ref = new WeakRef(record.ref);
        record.flags |= Flag.Weak;
      }
    }
  }

  /** Looks at a slice of the old records for those that are over. */
  findEnded(limit: number, isOver: IsOver): void {
    for (let n = 0; n < limit && n < this.size; n++) {
      if (this.scan === this.head) this.scan = this.head.next;
      const record = this.scan;
      if (record === this.young || record === this.head) {
        this.scan = this.head;
        return;
      }
      this.scan = record.next;
      if (record.ref === null) continue;
      const target = targetOf(record);
      if (target === null) this.targetCollected(record);
      else if (isOver(record, target)) this.end(record);
    }
  }
}

/** The promise or resource itself, `null` when it was collected, has ended or was never seen. */
export function targetOf(record: AsyncRecord): object | null {
  if (record.ref === null || (record.flags & Flag.Weak) === 0) return record.ref;
  return (record.ref as WeakRef<object>).deref() ?? null;
}
