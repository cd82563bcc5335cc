/**
 * What the flight recorder of the agent keeps and sends: rows of four whole numbers. The head holds what happened, whether
 * events of the same task were left out before it, and a place; the others are the id of the entry, the time and one more
 * number.
 */
export const enum EventKind {
  /** An async function was called. The place is its own; the number is the index of the place that called it. */
  Called = 1,
  /** `next`, `return` or `throw` of an async generator was called. */
  Requested,
  /** The task runs from now on. The number: for how many microseconds it was ready before; 0: not known. */
  Resumed,
  /** It awaits at the place. The number: id of the entry that it awaits; 0: a value, or not known. */
  Suspended,
  /** Its function has returned a promise, which it now waits for. */
  Returned,
  /** It is on the stack no longer, but where it is was not seen. */
  Lost,
  Settled,
  /** An operation began at the place. The number: index of its type. */
  OperationBegan,
  OperationEnded,
  /** The operation settles the promise of this number. */
  SettlesPromise,
  /** A turn of the event loop of `LONG_TURN_US` and more ended then; its callback was made at the place. The number: its microseconds. */
  Turn,
  /**
   * So long was the loop looked at: the place stands for tenths of milliseconds until then, the id for the number of
   * turns, and the number for the microseconds that they took.
   */
  Loop,
  /** Since the last such row the id is the number of promises without a record, the number that of events left out. */
  LeftOut,
  /** The entry was made by the task or request of this number. */
  MadeBy,
  /** The timer fires now, so many microseconds after it was due: the loop was busy. */
  FiredLate,
}

/** Bits of a head below the place. */
export const KIND_BITS = 5;
export const GAP_BIT = 1 << KIND_BITS;
export const PLACE_SHIFT = KIND_BITS + 1;
/** Largest place, or tenths of milliseconds, that a head can hold. */
export const MAX_PLACE = 2 ** 25 - 1;
export const ROW_NUMBERS = 4;
/** Shorter turns are only in the sums of `EventKind.Loop`. */
export const LONG_TURN_US = 1_000;

/** Set to a number of seconds, the agent records from its start on, until a host says what it wants. */
export const RECORDING_VARIABLE = 'NODE_ASYNC_DEBUGGER_RECORDING';

/** Part of what the recorder holds. */
export interface SentRecording {
  kind: 'recording';
  /** Number of the first row, counted since the recorder began; rows that were asked for and are gone are missing before. */
  first: number;
  /** Number of the row to ask for next. */
  next: number;
  /** There are more rows now. */
  more: boolean;
  /** The moment of the answer. */
  nowMs: number;
  parts: SentPart[];
  /** Async resource types by their index; all that there were until now. */
  types: string[];
}

/** Rows whose times are microseconds after one moment. */
export interface SentPart {
  /** On the agent's clock. */
  startMs: number;
  /** The numbers of all rows, as in `entryRow.ts`. */
  rows: string;
}
