/** So much may be used at once; what was used comes back at a steady pace. */
export class Allowance {
  private atMs = 0;
  private left: number;

  /** `most` of it is there at the beginning, and never more. */
  constructor(
    private readonly most: number,
    private readonly perSecond: number,
  ) {
    this.left = most;
  }

  /** How much of it there is, in whole pieces. `nowMs` only grows. */
  available(nowMs: number): number {
    this.left = Math.min(this.most, this.left + ((nowMs - this.atMs) * this.perSecond) / 1_000);
    this.atMs = nowMs;
    return Math.floor(this.left);
  }

  use(pieces: number): void {
    this.left -= pieces;
  }
}
