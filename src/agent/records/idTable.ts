/** A power of two. Only storms have more ticks waiting than that. */
const SLOTS = 1_024;

/** Async ids, one for each slot: for what comes and goes so often that a map would cost more than it does itself. */
export class IdTable {
  private readonly ids = new Float64Array(SLOTS);

  /** It is not kept where another has its slot. */
  add(asyncId: number): void {
    const slot = asyncId & (SLOTS - 1);
    if (this.ids[slot] === 0) this.ids[slot] = asyncId;
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
