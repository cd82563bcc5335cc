/**
 * Whether a reaction of a promise has begun since it was last asked. Beyond the budget for stacks nothing else tells
 * many short ones from one that is long. The hook takes itself away when it has seen one: all others cost nothing.
 */
import { promiseHooks } from '../realm/nodesFunctions.js';

export class Reactions {
  private seen = 0;
  private remove: (() => void) | null = null;

  /** Grows if one has begun since the last call. */
  look(): number {
    this.remove ??= promiseHooks.onBefore(this.begun) as unknown as () => void;
    return this.seen;
  }

  stop(): void {
    this.remove?.();
    this.remove = null;
  }

  private readonly begun = (): void => {
    this.seen++;
    this.stop();
  };
}
