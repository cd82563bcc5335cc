import { performance } from 'node:perf_hooks';
import type { Clock } from '../base/clock.js';
import { toDisposable } from '../base/disposable.js';

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  isoNow: () => new Date().toISOString(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return toDisposable(() => clearTimeout(timer));
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs);
    return toDisposable(() => clearInterval(timer));
  },
};
