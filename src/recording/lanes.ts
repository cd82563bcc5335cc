/** From events to intervals: what each task did, and for how long. */
import { EventKind } from '../protocol/recording.js';
import type { EventLog } from './eventLog.js';
import { CATEGORIES, categoryOfType } from './waitCategory.js';

export const enum LaneState {
  Running,
  /** What it awaits has settled, and it waits for the loop. */
  Ready,
  Awaiting,
  /** It was not seen. */
  Unknown,
}

/** One task, request to a generator, or operation. Times are on the thread's clock, in milliseconds. */
export class Lane {
  isOperation = false;
  /** Index of the function's place, of an operation that where it was begun; 0: not known. */
  place = 0;
  /** Index of the place that called it. */
  call = 0;
  /** Async resource type of an operation. */
  type = '';
  /** The task or request in which it was made. */
  by = 0;
  /** The task that awaited it last. */
  awaiter = 0;
  /** Its beginning was seen. */
  isWhole = false;
  hasSettled = false;
  endMs: number | undefined;
  /** Indexes of its intervals, in the order of time. The last one may be open. */
  readonly intervals: number[] = [];

  constructor(
    readonly id: number,
    readonly startMs: number,
  ) {}
}

/** Columns of the intervals of all lanes. */
export class Intervals {
  readonly startMs: number[] = [];
  /** Infinity while it goes on. */
  readonly endMs: number[] = [];
  readonly state: LaneState[] = [];
  /** Of an await: its place, what it awaits and the index of that's sort in `CATEGORIES`. */
  readonly place: number[] = [];
  readonly awaited: number[] = [];
  readonly category: number[] = [];

  get length(): number {
    return this.startMs.length;
  }
}

/** A stretch of the loop: how long it was looked at until `endMs`, and how long its turns took. */
export interface LoopStretch {
  startMs: number;
  endMs: number;
  busyMs: number;
  turns: number;
}

export interface LongTurn {
  startMs: number;
  endMs: number;
  place: number;
  entry: number;
}

export interface LeftOut {
  startMs: number;
  endMs: number;
  events: number;
  promises: number;
}

/** The lanes of one thread. Events are added as they come. */
export class Lanes {
  readonly lanes: Lane[] = [];
  readonly intervals = new Intervals();
  readonly loop: LoopStretch[] = [];
  readonly turns: LongTurn[] = [];
  readonly leftOut: LeftOut[] = [];
  firstMs = Infinity;
  lastMs = -Infinity;
  /** Rises whenever something was added. */
  version = 0;
  private taken = 0;
  private readonly byId = new Map<number, Lane>();
  private readonly operationOf = new Map<number, number>();
  /** The task that awaits what an operation settles, the last one. */
  private readonly waitersOf = new Map<number, Lane>();

  /** Takes in what the log has more than before. */
  update(log: EventLog, types: readonly string[]): void {
    if (this.taken === log.length) return;
    for (; this.taken < log.length; this.taken++) this.add(log, this.taken, types);
    this.version++;
  }

  get(id: number): Lane | undefined {
    return this.byId.get(id);
  }

  private add(log: EventLog, at: number, types: readonly string[]): void {
    const kind = log.kindAt(at);
    const id = log.id[at] as number;
    const atMs = log.timeMs[at] as number;
    const value = log.value[at] as number;
    const place = log.place[at] as number;
    if (atMs > this.lastMs) this.lastMs = atMs;
    if (atMs < this.firstMs) this.firstMs = atMs;
    const hasGap = log.gap[at] === 1;
    switch (kind) {
      case EventKind.Called:
      case EventKind.Requested: {
        const lane = this.begin(id, atMs);
        lane.place = place;
        lane.call = value;
        lane.isWhole = true;
        this.open(lane, atMs, LaneState.Running);
        return;
      }
      case EventKind.Resumed: {
        const lane = this.lane(id, atMs);
        this.close(lane, atMs, hasGap, value / 1_000);
        this.open(lane, atMs, LaneState.Running);
        return;
      }
      case EventKind.Suspended: {
        const lane = this.lane(id, atMs);
        this.close(lane, atMs, hasGap);
        this.open(lane, atMs, LaneState.Awaiting, place, value);
        const awaited = this.byId.get(value);
        if (awaited !== undefined) awaited.awaiter = id;
        const operation = this.operationOf.get(value);
        if (operation !== undefined) this.waitersOf.set(operation, lane);
        return;
      }
      case EventKind.Returned:
      case EventKind.Lost: {
        const lane = this.lane(id, atMs);
        this.close(lane, atMs, hasGap);
        this.open(lane, atMs, kind === EventKind.Lost ? LaneState.Unknown : LaneState.Awaiting);
        return;
      }
      case EventKind.Settled:
      case EventKind.OperationEnded: {
        const lane = this.byId.get(id);
        if (lane === undefined) return;
        this.close(lane, atMs, hasGap);
        lane.endMs = atMs;
        lane.hasSettled = true;
        return;
      }
      case EventKind.OperationBegan: {
        const lane = this.begin(id, atMs);
        lane.isOperation = lane.isWhole = true;
        lane.place = place;
        lane.type = types[value] ?? '';
        const category = CATEGORIES.indexOf(categoryOfType(lane.type));
        this.open(lane, atMs, LaneState.Awaiting, place, 0, category);
        return;
      }
      case EventKind.SettlesPromise:
        this.operationOf.set(value, id);
        return;
      case EventKind.MadeBy: {
        const lane = this.byId.get(id);
        if (lane !== undefined) lane.by = value;
        return;
      }
      case EventKind.FiredLate:
        this.firedLate(id, atMs - value / 1_000);
        return;
      case EventKind.Turn:
        this.turns.push({ startMs: atMs - value / 1_000, endMs: atMs, place, entry: id });
        this.firstMs = Math.min(this.firstMs, atMs - value / 1_000);
        return;
      case EventKind.Loop:
        this.loop.push({ startMs: atMs - place / 10, endMs: atMs, busyMs: value / 1_000, turns: id });
        return;
      case EventKind.LeftOut:
        this.leftOut.push({
          startMs: Math.max(this.firstMs, this.leftOut.at(-1)?.endMs ?? this.firstMs),
          endMs: atMs,
          events: value,
          promises: id,
        });
    }
  }

  /** A timer was due before it fired, and who awaits it could have gone on. */
  private firedLate(id: number, dueMs: number): void {
    for (const lane of [this.byId.get(id), this.waitersOf.get(id)]) {
      const last = lane?.intervals.at(-1);
      if (lane === undefined || last === undefined || this.intervals.endMs[last] !== Infinity) continue;
      if (this.intervals.state[last] !== LaneState.Awaiting) continue;
      const fromMs = Math.max(this.intervals.startMs[last] as number, dueMs);
      this.intervals.endMs[last] = fromMs;
      this.open(lane, fromMs, LaneState.Ready, this.intervals.place[last], this.intervals.awaited[last]);
    }
  }

  private begin(id: number, atMs: number): Lane {
    const lane = new Lane(id, atMs);
    this.byId.set(id, lane);
    this.lanes.push(lane);
    return lane;
  }

  private lane(id: number, atMs: number): Lane {
    return this.byId.get(id) ?? this.begin(id, atMs);
  }

  /** Ends what goes on of a lane; its last part it was ready, as far as it had awaited until then. */
  private close(lane: Lane, atMs: number, hasGap: boolean, readyMs = 0): void {
    const { intervals } = this;
    const last = lane.intervals.at(-1);
    if (last === undefined || intervals.endMs[last] !== Infinity) return;
    const startMs = intervals.startMs[last] as number;
    intervals.endMs[last] = atMs;
    if (hasGap) {
      intervals.state[last] = LaneState.Unknown;
      intervals.place[last] = intervals.awaited[last] = intervals.category[last] = 0;
      return;
    }
    if (intervals.state[last] !== LaneState.Awaiting || readyMs <= 0) return;
    const readyFromMs = Math.max(startMs, atMs - readyMs);
    intervals.endMs[last] = readyFromMs;
    const place = intervals.place[last] as number;
    this.open(lane, readyFromMs, LaneState.Ready, place, intervals.awaited[last]);
    intervals.endMs[lane.intervals.at(-1) as number] = atMs;
  }

  private open(lane: Lane, atMs: number, state: LaneState, place = 0, awaited = 0, category?: number): void {
    const { intervals } = this;
    lane.intervals.push(intervals.length);
    intervals.startMs.push(atMs);
    intervals.endMs.push(Infinity);
    intervals.state.push(state);
    intervals.place.push(place);
    intervals.awaited.push(awaited);
    intervals.category.push(category ?? (state === LaneState.Awaiting ? this.categoryOf(awaited) : 0));
  }

  private categoryOf(awaited: number): number {
    if (awaited === 0) return 0;
    const lane = this.byId.get(awaited) ?? this.byId.get(this.operationOf.get(awaited) ?? 0);
    if (lane === undefined) return PROMISE;
    return lane.isOperation ? CATEGORIES.indexOf(categoryOfType(lane.type)) : TASK;
  }
}

const TASK = CATEGORIES.indexOf('task');
const PROMISE = CATEGORIES.indexOf('promise');
