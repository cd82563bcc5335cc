import type { Clock } from '../../src/base/clock.js';
import { type Disposable, toDisposable } from '../../src/base/disposable.js';

interface Timer {
  dueMs: number;
  periodMs?: number;
  run: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  private timeMs = 0;
  private readonly timers = new Set<Timer>();

  nowMs(): number {
    return this.timeMs;
  }

  isoNow(): string {
    return new Date(Date.UTC(2000, 0, 1) + this.timeMs).toISOString();
  }

  after(delayMs: number, run: () => void): Disposable {
    return this.start({ dueMs: this.timeMs + delayMs, run });
  }

  every(periodMs: number, run: () => void): Disposable {
    return this.start({ dueMs: this.timeMs + periodMs, periodMs, run });
  }

  get timerCount(): number {
    return this.timers.size;
  }

  /** Lets time pass, running what falls due in its order, and promises after each. */
  async pass(durationMs: number): Promise<void> {
    const endMs = this.timeMs + durationMs;
    await settle();
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > endMs) break;
      this.timeMs = next.dueMs;
      if (next.periodMs === undefined) this.timers.delete(next);
      else next.dueMs += next.periodMs;
      next.run();
      await settle();
    }
    this.timeMs = endMs;
  }

  private start(timer: Timer): Disposable {
    this.timers.add(timer);
    return toDisposable(() => this.timers.delete(timer));
  }
}

/** Work takes its time. */
export class BusyClock extends FakeClock {
  workedMs = 0;

  override nowMs(): number {
    return super.nowMs() + this.workedMs;
  }
}

/** Waits until every promise that can go on has gone on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
