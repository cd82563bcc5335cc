import type { Disposable } from '../base/disposable.js';
import type { Clock } from '../base/clock.js';

/** Notices that a question stays unanswered for longer than a callback may take: native code holds the program. */
export class SilenceWatch implements Disposable {
  private timer: Disposable | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly onSilence: () => void,
  ) {}

  /** A question was asked or answered just now. `thresholdMs`: how long a callback may take; 0: for ever. */
  restart(thresholdMs: number): void {
    this.stop();
    if (thresholdMs <= 0) return;
    this.timer = this.clock.after(thresholdMs, () => {
      this.timer = this.clock.after(DOUBT_MS, this.onSilence);
    });
  }

  /** Nothing is asked. */
  stop(): void {
    this.timer?.dispose();
  }

  dispose(): void {
    this.stop();
  }
}

/** An answer that has come may not have been read yet, since the host was busy itself. */
const DOUBT_MS = 50;
