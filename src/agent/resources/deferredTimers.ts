/**
 * Timers that were made while no stack could be taken. A busy server clears nearly all of its timers at once; a record
 * of each would be a good part of what we cost it. They get one when they have lasted until a poll, when their callbacks
 * run, or when another one needs their slot.
 */
import type { AsyncRecord } from '../records/records.js';
import { isCleared } from './unobservedCompletions.js';

/** As many slots as numbers of so many bits. */
const BITS = 6;
const SLOTS = 2 ** BITS;
/** Spreads ids over the slots that grow by the same number from one request to the next. */
const SPREAD = 0x9e37_79b1;

export class DeferredTimers {
  /** 0: the slot is free. */
  private readonly asyncIds = new Float64Array(SLOTS);
  private readonly timers: (object | null)[] = new Array<null>(SLOTS).fill(null);
  private readonly bornMs = new Float64Array(SLOTS);
  private readonly by = new Float64Array(SLOTS);

  /** @param record gives one a record */
  constructor(
    private readonly record: (asyncId: number, timer: object, bornMs: number, by: number) => AsyncRecord,
  ) {}

  put(asyncId: number, timer: object, bornMs: number, by: number): void {
    const slot = slotOf(asyncId);
    if (this.asyncIds[slot] !== 0) this.lasted(slot);
    this.timers[slot] = timer;
    this.bornMs[slot] = bornMs;
    this.by[slot] = by;
    this.asyncIds[slot] = asyncId;
  }

  /** The record that it gets now; `undefined`: it is not here. */
  take(asyncId: number): AsyncRecord | undefined {
    const slot = slotOf(asyncId);
    return this.asyncIds[slot] === asyncId ? this.takeAt(slot) : undefined;
  }

  /** All that have not been cleared get a record. */
  takeAll(): void {
    for (let slot = 0; slot < SLOTS; slot++) if (this.asyncIds[slot] !== 0) this.lasted(slot);
  }

  /** Of those that were cleared nothing is held. */
  freeCleared(): void {
    for (let slot = 0; slot < SLOTS; slot++) {
      const timer = this.timers[slot] ?? null;
      if (timer !== null && isCleared(timer)) this.free(slot);
    }
  }

  clear(): void {
    for (let slot = 0; slot < SLOTS; slot++) this.free(slot);
  }

  private lasted(slot: number): void {
    if (isCleared(this.timers[slot] as object)) this.free(slot);
    else this.takeAt(slot);
  }

  private takeAt(slot: number): AsyncRecord {
    const asyncId = this.asyncIds[slot] as number;
    const timer = this.timers[slot] as object;
    this.free(slot);
    return this.record(asyncId, timer, this.bornMs[slot] as number, this.by[slot] as number);
  }

  private free(slot: number): void {
    this.asyncIds[slot] = 0;
    this.timers[slot] = null;
  }
}

function slotOf(asyncId: number): number {
  return Math.imul(asyncId, SPREAD) >>> (32 - BITS);
}
