/**
 * The flight recorder: what the tasks did in the last seconds, in a ring of fixed size. The hooks call it only while it is
 * on. Where more happens than the ring can hold for its time, new tasks are left out as a whole; where that is not enough,
 * events of tasks are, and their next event says so. Both are counted.
 */
import {
  EventKind,
  GAP_BIT,
  LONG_TURN_US,
  MAX_PLACE,
  PLACE_SHIFT,
  type SentRecording,
} from '../../protocol/recording.js';
import { clockUs, nowMs } from '../clocks/clock.js';
import { type AsyncRecord, Flag, Kind, type TaskRecord } from '../records/records.js';
import { Ring, RING_ROWS, type RowWriter } from './ring.js';

/** Sums of turns are written as often as this at most. */
const LOOP_MS = 10;
/** What was left out is told as often as this at most. */
const LEFT_OUT_MS = 100;
/** The loop's own clock has whole milliseconds, and a timer of 1 ms may fire after 2. */
const LATE_MS = 3;
/** This part of what may be kept up for a burst is left to tasks that are recorded already. */
const RESERVE = 0.25;
/** Rows that can come at once, as a part of the ring. */
const BURST = 0.25;
/** Rows in one answer: keeps it to a few milliseconds of the program's time. */
const MAX_SENT = 20_000;
/** Types told apart; the rest have none. */
const MAX_TYPES = 1_000;

export class Recorder {
  isOn = false;
  /** The host asks for what comes: what it has not got yet belongs to the last message. */
  isFollowed = false;
  private seconds = 0;
  private readonly ring: Ring;
  /** Rows that may be written now, how many may be saved up, and how many come in a millisecond. */
  private left = 0;
  private readonly most = RING_ROWS * BURST;
  private perMs = 0;
  private refilledMs = 0;
  private eventsLeftOut = 0;
  private leftOutAtMs = 0;
  private unseenAtMs = 0;
  private sent = 0;
  private readonly typeIndexes = new Map<string, number>();
  private readonly types: string[] = [''];
  /** Of the turns since it was written last. */
  private loopStartMs = -1;
  private loopBusyUs = 0;
  private loopTurns = 0;

  /**
   * @param unseen how many promises have no record until now
   * @param numbers writes rows as they are sent
   */
  constructor(
    private readonly unseen: () => number,
    numbers: RowWriter,
  ) {
    this.ring = new Ring(numbers);
  }

  /** 0 seconds: it is off, and what it held is let go. */
  configure(seconds: number): void {
    if (seconds === this.seconds) return;
    this.seconds = seconds;
    this.isOn = seconds > 0;
    this.perMs = seconds > 0 ? RING_ROWS / (seconds * 1_000) : 0;
    this.left = this.most;
    this.refilledMs = nowMs();
    if (seconds > 0) return;
    this.ring.clear();
    this.isFollowed = false;
    this.sent = 0;
  }

  /** An async function was called, or a generator asked, at this time. */
  began(task: TaskRecord, us: number): void {
    if (this.left < this.most * RESERVE) {
      task.flags |= Flag.Unrecorded;
      this.eventsLeftOut++;
      return;
    }
    const kind = task.kind === Kind.Generator ? EventKind.Requested : EventKind.Called;
    this.write(kind, task.site, task.id, us, task.call);
    if (task.by !== 0) this.write(EventKind.MadeBy, 0, task.id, us, task.by);
  }

  resumed(task: TaskRecord, us: number, readyUs: number): void {
    this.event(EventKind.Resumed, 0, task, us, readyUs);
  }

  suspended(task: TaskRecord, us: number, awaited: AsyncRecord | null): void {
    const isKnown = awaited !== null && (awaited.flags & Flag.AwaitedValue) === 0;
    this.event(EventKind.Suspended, task.awaitSite, task, us, isKnown ? awaited.id : 0);
  }

  returned(task: TaskRecord, us: number): void {
    this.event(EventKind.Returned, 0, task, us, 0);
  }

  lost(task: TaskRecord, us: number): void {
    this.event(EventKind.Lost, 0, task, us, 0);
  }

  settled(task: AsyncRecord, us: number): void {
    this.event(EventKind.Settled, 0, task, us, 0);
  }

  operationBegan(operation: AsyncRecord, us: number): void {
    if ((operation.flags & Flag.Hidden) !== 0) return;
    if (this.left < this.most * RESERVE) {
      operation.flags |= Flag.Unrecorded;
      this.eventsLeftOut++;
      return;
    }
    this.write(
      EventKind.OperationBegan,
      operation.site,
      operation.id,
      us,
      this.typeIndex(operation.extra?.type ?? ''),
    );
    if (operation.by !== 0) this.write(EventKind.MadeBy, 0, operation.id, us, operation.by);
  }

  operationEnded(operation: AsyncRecord): void {
    this.event(EventKind.OperationEnded, 0, operation, clockUs(), 0);
  }

  /** The callback of a timer begins, so many milliseconds after it was due. */
  timerFired(timer: AsyncRecord, lateMs: number): void {
    if (lateMs >= LATE_MS) this.event(EventKind.FiredLate, 0, timer, clockUs(), Math.round(lateMs * 1_000));
  }

  settlesPromise(operation: AsyncRecord, promise: AsyncRecord): void {
    this.event(EventKind.SettlesPromise, 0, operation, clockUs(), promise.id);
  }

  /** A turn has ended that began at this time, of the callback of this record. */
  turnEnded(startedMs: number, atMs: number, durationMs: number, record: AsyncRecord | null): void {
    const endedMs = startedMs + durationMs;
    const durationUs = Math.round(durationMs * 1_000);
    if (durationUs >= LONG_TURN_US)
      this.write(EventKind.Turn, record?.site ?? 0, record?.id ?? 0, usBefore(atMs - endedMs), durationUs);
    if (this.loopStartMs < 0) this.loopStartMs = startedMs;
    this.loopBusyUs += durationUs;
    this.loopTurns++;
    if (endedMs - this.loopStartMs >= LOOP_MS) this.writeLoop(endedMs, atMs);
  }

  /** What may be written grows with the time; what was left out is told. */
  refill(atMs: number): void {
    if (!this.isOn) return;
    if (this.ring.isOld(atMs)) this.ring.begin(clockUs(), atMs);
    this.left = Math.min(this.most, this.left + (atMs - this.refilledMs) * this.perMs);
    this.refilledMs = atMs;
    if (atMs - this.leftOutAtMs < LEFT_OUT_MS) return;
    this.leftOutAtMs = atMs;
    const unseen = this.unseen();
    if (this.eventsLeftOut === 0 && unseen === this.unseenAtMs) return;
    this.put(EventKind.LeftOut, unseen - this.unseenAtMs, clockUs(), this.eventsLeftOut);
    this.eventsLeftOut = 0;
    this.unseenAtMs = unseen;
  }

  /** From a row on; those of the last seconds where it has none to begin with. */
  read(from: number): SentRecording {
    const atMs = nowMs();
    this.refill(atMs);
    if (this.loopStartMs >= 0) this.writeLoop(atMs, atMs);
    const sinceMs = from > 0 ? -Infinity : atMs - this.seconds * 1_000;
    const { first, next, more, parts } = this.ring.read(from, MAX_SENT, sinceMs);
    this.sent = next;
    this.isFollowed = true;
    return { kind: 'recording', first, next, more, nowMs: atMs, parts, types: this.types };
  }

  /** All that has come since it was read last: the ring holds no more than this. */
  readRest(): SentRecording[] {
    const sent: SentRecording[] = [];
    do sent.push(this.read(this.sent));
    while (sent.at(-1)?.more === true && sent.length <= RING_ROWS / MAX_SENT);
    return sent;
  }

  private writeLoop(untilMs: number, atMs: number): void {
    const tenths = Math.min(MAX_PLACE, Math.ceil((untilMs - this.loopStartMs) * 10));
    const head = (EventKind.Loop as number) | (tenths << PLACE_SHIFT);
    this.put(head, this.loopTurns, usBefore(atMs - untilMs), this.loopBusyUs);
    this.loopStartMs = -1;
    this.loopBusyUs = this.loopTurns = 0;
  }

  private event(kind: EventKind, place: number, record: AsyncRecord, us: number, value: number): void {
    const { flags } = record;
    if ((flags & Flag.Unrecorded) !== 0) {
      this.eventsLeftOut++;
      return;
    }
    if (this.left <= 0) {
      record.flags |= Flag.Gap;
      this.eventsLeftOut++;
      return;
    }
    if ((flags & Flag.Gap) !== 0) {
      record.flags &= ~Flag.Gap;
      this.left--;
      this.put(kind | GAP_BIT | (place << PLACE_SHIFT), record.id, us, value);
      return;
    }
    this.write(kind, place, record.id, us, value);
  }

  private write(kind: EventKind, place: number, id: number, us: number, value: number): void {
    this.left--;
    this.put(kind | (place << PLACE_SHIFT), id, us, value);
  }

  private put(head: number, id: number, us: number, value: number): void {
    const { ring } = this;
    if (ring.isFull()) ring.begin(us, nowMs());
    ring.put(head, id, us, value);
  }

  private typeIndex(type: string): number {
    let index = this.typeIndexes.get(type);
    if (index === undefined) {
      if (this.types.length >= MAX_TYPES) return 0;
      index = this.types.push(type) - 1;
      this.typeIndexes.set(type, index);
    }
    return index;
  }
}

/** The time that so many milliseconds have passed since. */
function usBefore(ms: number): number {
  return (clockUs() - Math.round(ms * 1_000)) | 0;
}
