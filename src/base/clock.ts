import type { Disposable } from './disposable.js';

/** Time for code that must be tested without waiting. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  nowMs(): number;
  /** Wall time as ISO 8601. */
  isoNow(): string;
  after(delayMs: number, run: () => void): Disposable;
  every(periodMs: number, run: () => void): Disposable;
}
