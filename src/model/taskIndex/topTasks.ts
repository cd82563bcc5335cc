import { SortedMap } from '../sortedMap.js';
import { CollapsedTasks } from './collapsedTasks.js';
import type { IndexedTask, RootLevel } from './indexedTask.js';

/**
 * Tasks that nobody waits for, in the order of their rows: async functions and requests, promises, operations, handles,
 * what is merely the result of a `then`, what can never go on, and what has ended, the latest first.
 */
export class TopTasks {
  /** How many async functions and requests. */
  calls = 0;
  /** At the top of a process they stand apart. */
  readonly handles = new CollapsedTasks();
  private readonly collapsed = new CollapsedTasks();
  private readonly ended = new SortedMap<IndexedTask>();
  /** Those that stand among the others, because they are few. */
  private amongOthers: readonly IndexedTask[] = NONE;

  constructor(private readonly below: 'process' | 'request') {}

  /** Those at these places in the order of a list. */
  static of(tasks: readonly IndexedTask[], below: 'process' | 'request'): TopTasks {
    const top = new TopTasks(below);
    for (const [place, one] of tasks.entries()) top.add(place, one);
    return top;
  }

  /** `place`: a number of its own below `MAX_PLACE`, in the order of the tasks. */
  add(place: number, one: IndexedTask): void {
    const { level } = one;
    if (level === 'call') this.calls++;
    if (level === 'ended') this.changeEnded(() => this.ended.set(place, one));
    else if (level === 'handle' && this.below === 'process') this.handles.add(place, one);
    else this.collapsed.add(LEVELS[level] * MAX_PLACE + place, one);
  }

  delete(place: number, one: IndexedTask): void {
    const { level } = one;
    if (level === 'call') this.calls--;
    if (level === 'ended') this.changeEnded(() => this.ended.delete(place));
    else if (level === 'handle' && this.below === 'process') this.handles.delete(place, one);
    else this.collapsed.delete(LEVELS[level] * MAX_PLACE + place, one);
  }

  get rows(): CollapsedTasks {
    if (this.amongOthers.length === 0 && this.hasFewEnded) {
      this.amongOthers = this.endedLatestFirst();
      for (const [at, one] of this.amongOthers.entries()) this.collapsed.add(endedPlace(at), one);
    }
    return this.collapsed;
  }

  /** Those that have ended, the latest first, where they do not stand among the others. */
  get endedApart(): readonly IndexedTask[] {
    return this.hasFewEnded ? NONE : this.endedLatestFirst();
  }

  private get hasFewEnded(): boolean {
    // Below a request they are many and of little news.
    return this.ended.size <= (this.below === 'process' ? FEW_ENDED : 0);
  }

  private endedLatestFirst(): IndexedTask[] {
    return [...this.ended].sort((a, b) => (a.task.endedAgoMs ?? 0) - (b.task.endedAgoMs ?? 0));
  }

  private changeEnded(change: () => void): void {
    for (const [at, one] of this.amongOthers.entries()) this.collapsed.delete(endedPlace(at), one);
    this.amongOthers = NONE;
    change();
  }
}

/** Places are counted below this for each level. */
const MAX_PLACE = 2 ** 48;
const LEVELS: Record<RootLevel, number> = {
  call: 0,
  promise: 1,
  operation: 2,
  handle: 3,
  plumbing: 4,
  unreachable: 5,
  ended: 6,
};
/** More tasks that have ended are put together. */
const FEW_ENDED = 5;
const NONE: readonly IndexedTask[] = [];

function endedPlace(at: number): number {
  return LEVELS.ended * MAX_PLACE + at;
}
