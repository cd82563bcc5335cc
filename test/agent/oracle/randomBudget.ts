import type { CaptureBudget as Budget } from '../../../src/agent/stacks/budget.js';
import { Random } from './random.js';

/** Of a hundred executions, those in which stacks may be captured; each program has one of these. */
const SEEN = [50, 70, 90, 99];
/** One in so many captures within them is not made; 0: none. */
const MISSED = [0, 1_000, 100, 10];

/** Stands for the agent's budget: what is left of it is a matter of chance, which each program sets out anew. */
export class CaptureBudget implements Pick<Budget, keyof Budget> {
  private random = new Random(0);
  private seen = 100;
  private missed = 0;
  skipped = 0;

  constructor() {
    Object.assign(globalThis, { seedBudget: this.seed });
  }

  private readonly seed = (seed: number): void => {
    this.random = new Random(seed);
    this.seen = SEEN[seed % SEEN.length] ?? 100;
    this.missed = MISSED[Math.floor(seed / SEEN.length) % MISSED.length] ?? 0;
  };

  configure(): void {}

  isLeft(): boolean {
    return this.random.below(100) < this.seen;
  }

  take(): boolean {
    return this.missed === 0 || !this.random.oneIn(this.missed);
  }

  captured(): void {}

  spent(): void {}

  refill(): void {}
}
