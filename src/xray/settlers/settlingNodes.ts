import type { LiveObjects } from '../live/liveObjects.js';
import type { ReadTasks } from '../tasks/readTasks.js';
import type { HeapKinds } from './heapKinds.js';

/** Nodes by which a promise can be settled. */
export interface Settling {
  readonly starts: readonly number[];
  /** Whatever refers to the promise is known to settle it or not to. */
  readonly isUnderstood: boolean;
}

/** Finds what settles a promise by what refers to it: contexts of its resolving functions, and native requests. */
export class SettlingNodes {
  constructor(
    private readonly tasks: ReadTasks,
    private readonly kinds: HeapKinds,
    private readonly live: Pick<LiveObjects, 'own'>,
  ) {}

  of(promise: number): Settling {
    const { heap, promises, graph } = this.tasks;
    const starts: number[] = [];
    let isUnderstood = true;
    for (const { from, kind, name } of heap.retainers(promise)) {
      if (this.live.own.has(from) || kind === 'weak') continue;
      if (this.kinds.isContext(from) && kind === 'hidden') {
        if (promises.settledByContext(from) === promise) starts.push(from);
        else isUnderstood = false;
      } else if (promises.isCapability(from)) starts.push(from);
      else if (heap.kind(from) === 'synthetic' || this.kinds.nativeOf(from) !== undefined) starts.push(from);
      else if (kind === 'hidden' && !this.isKnown(from)) isUnderstood = false;
      else if (heap.kind(from) === 'native' && !String(name).startsWith('wrapped')) isUnderstood = false;
    }
    // a function of V8 that is still to settle it, as `import()` has
    if (graph.producers(promise).some(({ link }) => link === 'module')) isUnderstood = false;
    return { starts, isUnderstood };
  }

  /** Generators and reactions are read elsewhere. */
  private isKnown(from: number): boolean {
    const { heap, promises, graph } = this.tasks;
    return (
      promises.isReaction(from) ||
      promises.isPromise(from) ||
      graph.tasks.has(from) ||
      heap.isNamed(from, 'system / AsyncGeneratorRequest')
    );
  }
}
