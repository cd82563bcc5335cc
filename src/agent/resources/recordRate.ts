/** So many in each millisecond get a record, and so many at once: no healthy program makes more for long. */
const PER_MS = 20;
const BURST = 100_000;

/** Holds what records of resources cost a program that does nothing but make resources. */
export class RecordRate {
  private left = BURST;
  private atMs = 0;

  /** False: it gets no record. `atMs`: whole milliseconds. */
  take(atMs: number): boolean {
    if (atMs !== this.atMs) {
      this.left = Math.min(BURST, this.left + (atMs - this.atMs) * PER_MS);
      this.atMs = atMs;
    }
    if (this.left <= 0) return false;
    this.left--;
    return true;
  }
}
