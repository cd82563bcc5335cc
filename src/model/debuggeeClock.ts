/** Maps the debuggee's clock to the host's: a message is never older on arrival than the fastest one was. */
export class DebuggeeClock {
  private offsets: number[] = [];
  private offsetMs = 0;

  /** A message that was made at `nowMs` of the debuggee has arrived at `atMs` of the host. */
  sync(nowMs: number, atMs: number): void {
    this.offsets.push(atMs - nowMs);
    if (this.offsets.length > KEPT) this.offsets.shift();
    this.offsetMs = Math.min(...this.offsets);
  }

  reset(): void {
    this.offsets = [];
  }

  toDebuggee(atMs: number): number {
    return atMs - this.offsetMs;
  }

  toHost(nowMs: number): number {
    return nowMs + this.offsetMs;
  }
}

const KEPT = 32;
