import { nowMs } from './clock.js';

/** One in this many captures is timed. */
const TIMED = 32;
/** Unspent time is kept up to so many seconds' worth, for what comes all at once. */
const BURST_SECONDS = 2;
/** One timed capture counts for so many times the present price at most. */
const MAX_GROWTH = 4;
const MIN_COST_MS = 0.01;

/**
 * Holds the time that goes into capturing stacks to a share of each second. Most captures are not timed but
 * counted at the price of those that are, so that asking costs next to nothing.
 */
export class CaptureBudget {
  private share = 0;
  /** Milliseconds that may still be spent. */
  private left = 0;
  private costMs = 0.002;
  private refilledAtMs = 0;
  private count = 0;
  private startedMs = -1;
  /** Records made without a stack. */
  skipped = 0;

  configure(share: number): void {
    this.share = share;
    this.left = share * 1_000 * BURST_SECONDS;
    this.refilledAtMs = nowMs();
  }

  /** Whether there is something to spend. */
  isLeft(): boolean {
    return this.left > 0;
  }

  /** True: a stack may be captured now; `spent` must follow. */
  take(): boolean {
    if (this.left <= 0) return false;
    this.left -= this.costMs;
    if (++this.count === TIMED) {
      this.count = 0;
      this.startedMs = nowMs();
    }
    return true;
  }

  spent(): void {
    if (this.startedMs < 0) return;
    // the system may have let another thread run meanwhile: that says nothing of captures
    const tookMs = Math.min(nowMs() - this.startedMs, Math.max(this.costMs * MAX_GROWTH, MIN_COST_MS));
    this.startedMs = -1;
    this.costMs += (tookMs - this.costMs) / 8;
  }

  refill(atMs: number): void {
    const gained = (atMs - this.refilledAtMs) * this.share;
    this.refilledAtMs = atMs;
    this.left = Math.min(this.left + gained, this.share * 1_000 * BURST_SECONDS);
  }
}
