import { t } from '../../base/texts.js';
import { resourceType } from './resourceTypes.js';

/**
 * Which operations run in libuv's thread pool and which still wait for a thread: it takes them in turn, but fills
 * only half of its threads with name lookups.
 */
export class ThreadPool {
  private readonly operations = new Map<number, 'fast' | 'slow'>();
  private running: ReadonlySet<number> = new Set();
  private hasChanged = false;
  private readonly slowLimit: number;

  constructor(private readonly size: number) {
    this.slowLimit = Math.floor((size + 1) / 2);
  }

  /** Ignored where the resource needs no thread. */
  began(id: number, type: string): void {
    const { pool } = resourceType(type);
    if (pool === undefined || this.operations.has(id)) return;
    this.operations.set(id, pool);
    this.hasChanged = true;
  }

  ended(id: number): void {
    if (this.operations.delete(id)) this.hasChanged = true;
  }

  /** Ids that have got a thread since the last time. */
  update(): number[] {
    if (!this.hasChanged) return [];
    this.hasChanged = false;
    const before = this.running;
    this.running = this.inThreads();
    return [...this.running].filter((id) => !before.has(id));
  }

  /** Why an operation does not run yet; `undefined` when it does, or needs no thread. */
  whyQueued(id: number): string | undefined {
    const speed = this.operations.get(id);
    if (speed === undefined || this.running.has(id)) return undefined;
    if (speed === 'fast' || this.running.size >= this.size)
      return t('queued: the thread pool of {0} is full', this.size);
    return t('queued: only {0} lookups run at a time', this.slowLimit);
  }

  private inThreads(): Set<number> {
    const running = new Set<number>();
    let slow = 0;
    for (const [id, speed] of this.operations) {
      if (running.size >= this.size) break;
      if (speed === 'slow' && slow >= this.slowLimit) continue;
      if (speed === 'slow') slow++;
      running.add(id);
    }
    return running;
  }
}
