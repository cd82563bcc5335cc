/** When the debugger held the program, on the host's clock: that time is nobody's fault. */
export class Pauses {
  private readonly past: { fromMs: number; toMs: number }[] = [];
  private sinceMs: number | undefined;

  get open(): boolean {
    return this.sinceMs !== undefined;
  }

  /** The moment that people see: while the program is held, when that began. */
  shownMs(atMs: number): number {
    return this.sinceMs ?? atMs;
  }

  begin(atMs: number): void {
    this.sinceMs ??= atMs;
  }

  end(atMs: number): void {
    if (this.sinceMs === undefined) return;
    this.past.push({ fromMs: this.sinceMs, toMs: atMs });
    this.sinceMs = undefined;
    if (this.past.length > KEPT) this.past.shift();
  }

  /** How long the program was held between two moments. */
  withinMs(fromMs: number, toMs: number): number {
    let total = this.sinceMs === undefined ? 0 : Math.max(0, toMs - Math.max(fromMs, this.sinceMs));
    for (const pause of this.past) {
      total += Math.max(0, Math.min(toMs, pause.toMs) - Math.max(fromMs, pause.fromMs));
    }
    return total;
  }
}

/** Stepping through a program makes many; more than these in one turn are not told apart from running. */
const KEPT = 1000;
