import { HeldLimit } from './heldLimit.js';
import { PromiseCollections } from './promiseCollections.js';
import { AsyncRecord, type Extra, Flag, Kind, TaskRecord } from './records.js';

/**
 * A record holds its promise or resource strongly for this long, at the next turn or poll after it: most have ended by
 * then, and it need not be known when they are collected.
 */
const HELD_MS = 50;

/** More than this many live records are counted, not kept. */
const MAX_LIVE = 2_000_000;

/** More results than this in one poll are not kept for the host. */
const MAX_SETTLED = 200;

/** Whether a record is over without having said so. `target` is null where it was collected. */
type IsOver = (record: AsyncRecord, target: object | null) => boolean;

/**
 * All records that have not ended, by age, in one intrusive list. Cursors divide it: what the host has not
 * been told, which promises are still held strongly, and where the search for resources that are over goes on.
 */
export class LiveList {
  private readonly head = new AsyncRecord(0, Kind.Resource, 0, null);
  private lastId = 0;
  /** First record that the host has not been told of. */
  private unsent: AsyncRecord = this.head;
  /** First record whose promise is held strongly. */
  private young: AsyncRecord = this.head;
  /** How many are. */
  private held = 0;
  /** With more the limit is to be asked for. */
  private mayHold = 0;
  private readonly heldLimit = new HeldLimit();
  private limitedMs = 0;
  /** First record whose resource is held strongly, and how many are. */
  private youngResource: AsyncRecord = this.head;
  private heldResources = 0;
  private mayHoldResources = 0;
  private readonly resourceLimit = new HeldLimit();
  private readonly collections = new PromiseCollections((record) => this.targetCollected(record));
  private scan: AsyncRecord = this.head;
  size = 0;
  /** Records that did not fit. */
  dropped = 0;
  /** A hook has made the youngest record and not told it all: a poll can come at any call of a function. */
  isFilling = false;
  /** Called with what a resource's record leaves behind. */
  onResourceEnd: (record: AsyncRecord, extra: Extra) => void = () => {};
  private changed: AsyncRecord[] = [];
  private ended: number[] = [];
  private collected: number[] = [];
  /** Tasks that settled since the last poll, and those that the host may ask for now: ids and promises in turns. */
  private settling: (number | object)[] = [];
  private settled: (number | object)[] = [];

  constructor(private readonly isOver: IsOver) {}

  create(kind: Kind, nowMs: number, ref: object | null, by: number): AsyncRecord {
    const record = new AsyncRecord(++this.lastId, kind, nowMs, ref);
    record.by = by;
    if (!this.add(record)) return record;
    if (kind === Kind.Resource) this.holdResource(record);
    else this.hold(record);
    return record;
  }

  createTask(kind: Kind, nowMs: number, ref: object | null, by: number): TaskRecord {
    const record = new TaskRecord(++this.lastId, kind, nowMs, ref);
    record.by = by;
    if (this.add(record)) this.hold(record);
    return record;
  }

  /** The youngest record that lives. */
  get newest(): AsyncRecord {
    return this.head.prev;
  }

  /** From now on the record ends when this promise is collected. */
  follow(record: AsyncRecord, ref: object): void {
    record.ref = (record.flags & Flag.Weak) !== 0 ? new WeakRef(ref) : ref;
  }

  private add(record: AsyncRecord): boolean {
    if (this.size >= MAX_LIVE) {
      this.dropped++;
      record.flags = Flag.Ended;
      record.ref = null;
      return false;
    }
    this.isFilling = true;
    const head = this.head;
    const last = head.prev;
    record.prev = last;
    record.next = head;
    last.next = record;
    head.prev = record;
    if (this.unsent === head) this.unsent = record;
    this.size++;
    return true;
  }

  private holdResource(record: AsyncRecord): void {
    record.flags = Flag.Held;
    if (this.youngResource === this.head) this.youngResource = record;
    if (++this.heldResources <= this.mayHoldResources) return;
    const limit = this.resourceLimit.of(this.heldResources);
    this.mayHoldResources = this.resourceLimit.next;
    while (this.heldResources > limit) this.letGoOfResource(this.oldestHeldResource);
  }

  /** Looks through all: only for what a person asks for. */
  find(id: number): AsyncRecord | undefined {
    for (let record = this.head.next; record !== this.head; record = record.next)
      if (record.id === id) return record;
    return undefined;
  }

  /** Holds a promise strongly for a while. */
  private hold(record: AsyncRecord): void {
    record.flags = Flag.Held;
    if (this.young === this.head) this.young = record;
    if (++this.held > this.mayHold) this.holdFewer();
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
    if (this.youngResource === record) this.youngResource = next;
    if ((flags & Flag.Held) !== 0) this.heldNoLonger(record);
    record.prev.next = next;
    next.prev = record.prev;
    record.next = record.prev = record;
    record.ref = record.link = null;
    if (record.kind === Kind.Resource && record.extra !== null) this.onResourceEnd(record, record.extra);
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
    if ((flags & Flag.Ended) !== 0) return;
    if (kind !== Kind.Resource && (flags & Flag.Synthetic) === 0) record.flags |= Flag.Collected;
    if (kind !== Kind.Function || (flags & Flag.Sent) !== 0) this.end(record);
  }

  /** Keeps a task's promise for one poll more, so that the host can see its result. */
  keepSettled(id: number, promise: object): void {
    if (this.settling.length < 2 * MAX_SETTLED) this.settling.push(id, promise);
  }

  /** At a poll: what was kept for the one before is let go. Returns how many can be asked for now. */
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
  markDirty(record: AsyncRecord): void {
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
      if ((record.flags & Flag.Collected) !== 0) this.end(record);
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
  letGo(nowMs: number, limit: number): void {
    const before = nowMs - HELD_MS;
    if (this.limitedMs < before) {
      this.limitedMs = nowMs;
      this.mayHold = this.heldLimit.reset();
      this.mayHoldResources = this.resourceLimit.reset();
    }
    for (let n = 0; n < limit && this.held > 0 && this.oldestHeld.bornMs <= before; n++) this.letGoOldest();
    for (let n = 0; n < limit && this.heldResources > 0 && this.oldestHeldResource.bornMs <= before; n++)
      this.letGoOfResource(this.oldestHeldResource);
  }

  /** Of the resources; there is one. */
  private get oldestHeldResource(): AsyncRecord {
    let record = this.youngResource;
    while (record.kind !== Kind.Resource || (record.flags & Flag.Held) === 0) record = record.next;
    return (this.youngResource = record);
  }

  private holdFewer(): void {
    const limit = this.heldLimit.of(this.held);
    this.mayHold = this.heldLimit.next;
    while (this.held > limit) this.letGoOldest();
  }

  /** Of the promises; there is one. */
  private get oldestHeld(): AsyncRecord {
    let record = this.young;
    while (record.kind === Kind.Resource || (record.flags & Flag.Held) === 0) record = record.next;
    return (this.young = record);
  }

  private letGoOldest(): void {
    const record = this.oldestHeld;
    this.young = record.next;
    this.heldNoLonger(record);
    const { ref } = record;
    if (ref === null) return;
    if ((record.flags & Flag.Synthetic) !== 0) {
      // its target changes with each await
      record.flags |= Flag.Weak;
      record.ref = new WeakRef(ref);
    } else {
      record.ref = null;
      this.collections.expect(ref, record);
    }
  }

  private heldNoLonger(record: AsyncRecord): void {
    record.flags &= ~Flag.Held;
    if (record.kind === Kind.Resource) this.heldResources--;
    else this.held--;
  }

  private letGoOfResource(record: AsyncRecord): void {
    this.youngResource = record.next;
    this.heldNoLonger(record);
    const { ref } = record;
    if (ref === null) return;
    if (this.isOver(record, ref)) {
      this.end(record);
    } else {
      record.ref = new WeakRef(ref);
      record.flags |= Flag.Weak;
    }
  }

  /** Looks at a slice of the old records for resources that are over. */
  findEnded(limit: number): void {
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
      else if (this.isOver(record, target)) this.end(record);
    }
  }
}

/** The promise or resource itself, `null` when it was collected, has ended or was never seen. */
export function targetOf(record: AsyncRecord): object | null {
  if (record.ref === null || (record.flags & Flag.Weak) === 0) return record.ref;
  return (record.ref as WeakRef<object>).deref() ?? null;
}
