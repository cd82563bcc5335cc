/** Counts what happened within the last so many milliseconds. */
export class RecentCount {
  private times: number[] = [];

  constructor(private readonly windowMs: number) {}

  /** It has happened once more; returns how often it has lately. */
  add(nowMs: number): number {
    this.times = [...this.times.filter((atMs) => nowMs - atMs < this.windowMs), nowMs];
    return this.times.length;
  }
}
