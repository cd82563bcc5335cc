/** A power of two. Only storms have more ticks waiting than that. */
const SLOTS = 1_024;

/** Async ids of the ticks that have not run yet, as many as find a free slot: a map would cost more than the tick. */
export class WaitingTicks {
  private readonly ids = new Float64Array(SLOTS);

  /** False: its slot is taken. */
  add(asyncId: number): boolean {
    const slot = asyncId & (SLOTS - 1);
    if (this.ids[slot] !== 0) return false;
    this.ids[slot] = asyncId;
    return true;
  }

  has(asyncId: number): boolean {
    return this.ids[asyncId & (SLOTS - 1)] === asyncId;
  }

  /** Only of what is here. */
  delete(asyncId: number): void {
    this.ids[asyncId & (SLOTS - 1)] = 0;
  }

  clear(): void {
    this.ids.fill(0);
  }
}
