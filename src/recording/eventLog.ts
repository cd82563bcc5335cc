import { EventKind } from '../protocol/recording.js';

/** Events of one thread in the order in which they were written, column by column; times in milliseconds. */
export class EventLog {
  length = 0;
  kind = new Uint8Array(FIRST_ROWS);
  /** 1: events of the same task were left out before this one. */
  gap = new Uint8Array(FIRST_ROWS);
  place = new Uint32Array(FIRST_ROWS);
  id = new Uint32Array(FIRST_ROWS);
  value = new Uint32Array(FIRST_ROWS);
  timeMs = new Float64Array(FIRST_ROWS);

  push(kind: EventKind, gap: number, place: number, id: number, timeMs: number, value: number): void {
    if (this.length === this.kind.length) this.grow(2 * this.length);
    const at = this.length++;
    this.kind[at] = kind;
    this.gap[at] = gap;
    this.place[at] = place;
    this.id[at] = id;
    this.timeMs[at] = timeMs;
    this.value[at] = value;
  }

  kindAt(row: number): EventKind {
    return kindOf(this.kind[row] as number) ?? EventKind.Lost;
  }

  /** The same events from `start` on, in columns of their own. */
  slice(start: number, end = this.length): EventLog {
    const part = new EventLog();
    part.kind = this.kind.slice(start, end);
    part.gap = this.gap.slice(start, end);
    part.place = this.place.slice(start, end);
    part.id = this.id.slice(start, end);
    part.value = this.value.slice(start, end);
    part.timeMs = this.timeMs.slice(start, end);
    part.length = part.kind.length;
    return part;
  }

  private grow(rows: number): void {
    const size = Math.max(FIRST_ROWS, rows);
    this.kind = copied(this.kind, new Uint8Array(size));
    this.gap = copied(this.gap, new Uint8Array(size));
    this.place = copied(this.place, new Uint32Array(size));
    this.id = copied(this.id, new Uint32Array(size));
    this.value = copied(this.value, new Uint32Array(size));
    this.timeMs = copied(this.timeMs, new Float64Array(size));
  }
}

/** `undefined` where there is none of this number. */
export function kindOf(value: number): EventKind | undefined {
  return KINDS[value];
}

/** By their numbers. */
const KINDS: readonly (EventKind | undefined)[] = [
  undefined,
  EventKind.Called,
  EventKind.Requested,
  EventKind.Resumed,
  EventKind.Suspended,
  EventKind.Returned,
  EventKind.Lost,
  EventKind.Settled,
  EventKind.OperationBegan,
  EventKind.OperationEnded,
  EventKind.SettlesPromise,
  EventKind.Turn,
  EventKind.Loop,
  EventKind.LeftOut,
  EventKind.MadeBy,
  EventKind.FiredLate,
];

const FIRST_ROWS = 1024;

function copied<T extends { set(from: ArrayLike<number>): void }>(from: ArrayLike<number>, to: T): T {
  to.set(from);
  return to;
}
