/** How long the program usually takes to answer, so that it is seen when native code kept it from answering. */
export class Waits {
  private readonly latest: number[] = [];

  /** Much longer than usual. */
  isLong(waitedMs: number): boolean {
    const sorted = [...this.latest].sort((a, b) => a - b);
    const usualMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
    this.latest.push(Math.max(0, waitedMs));
    if (this.latest.length > KEPT) this.latest.shift();
    return waitedMs > 2 * usualMs + MARGIN_MS;
  }
}

const KEPT = 32;
const MARGIN_MS = 15;
