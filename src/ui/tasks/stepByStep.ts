import type { Clock } from '../../base/clock.js';
import type { Disposable } from '../../base/disposable.js';
import { stepRestMs } from '../settings/cooldown.js';

/** Steps that have taken less so far are followed by another one at once. */
const TOGETHER_MS = 30;

/** Work that is too much for one time: step after step while there is more, and time for others in between. */
export class StepByStep implements Disposable {
  private next: Disposable | undefined;
  private isMore = false;
  private isStepping = false;

  constructor(
    private readonly step: () => void,
    private readonly clock: Clock,
  ) {}

  /** Another step will be made. */
  get goesOn(): boolean {
    return this.isMore;
  }

  /** There is more to do. */
  goOn(): void {
    if (this.isMore) return;
    this.isMore = true;
    if (!this.isStepping) this.plan(0);
  }

  dispose(): void {
    this.next?.dispose();
    this.isMore = false;
  }

  /** After steps that took so long. */
  private plan(tookMs: number): void {
    this.next = this.clock.after(stepRestMs(tookMs), () => this.takeSteps());
  }

  private takeSteps(): void {
    const beganMs = this.clock.nowMs();
    this.isStepping = true;
    try {
      do {
        this.isMore = false;
        this.step();
      } while (this.goesOn && this.clock.nowMs() - beganMs < TOGETHER_MS);
    } finally {
      this.isStepping = false;
      if (this.goesOn) this.plan(this.clock.nowMs() - beganMs);
    }
  }
}
