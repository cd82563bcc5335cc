import type { LiveObjects } from '../live/liveObjects.js';
import type { ReadTasks } from '../tasks/readTasks.js';
import type { SuspendedTask } from '../tasks/taskGraph.js';
import type { Anchor } from './anchor.js';
import { HeapKinds } from './heapKinds.js';
import { ENDS, HolderWalk, type WalkTools } from './holderWalk.js';
import { SettlingNodes } from './settlingNodes.js';
import { closedNodes, waitersOf } from './waiters.js';

/** Who may settle a pending promise that no other promise and no task will settle. */
export interface Settler {
  /** `nobody`: proven that nothing can. `unknown`: nothing was found, which proves nothing. */
  readonly kind: Anchor['kind'] | 'nobody' | 'unknown';
  readonly best?: Anchor;
  /** What settles it if the best does not in time. */
  readonly timeLimit?: Anchor;
  /** There is nothing else that may settle it. */
  readonly isOnlyOne: boolean;
  /** Those that wait for it and cannot go on before. */
  readonly waiting: ReadonlySet<SuspendedTask>;
}

export class Settlers {
  readonly tools: WalkTools;
  private readonly known = new Map<number, Settler>();

  /** `isHeld`: the loop was held, so that jobs may have been about to run that a snapshot does not show. */
  constructor(
    tasks: ReadTasks,
    live: Pick<LiveObjects, 'own' | 'resource'>,
    private readonly isHeld: boolean,
  ) {
    const kinds = new HeapKinds(tasks);
    this.tools = {
      ...tasks,
      live,
      kinds,
      settling: new SettlingNodes(tasks, kinds, live),
      listsOfCalls: new Map(),
    };
  }

  of(promise: number): Settler {
    let settler = this.known.get(promise);
    if (!settler && this.known.size >= MOST_PROMISES)
      return { kind: 'unknown', isOnlyOne: false, waiting: new Set() };
    if (!settler) this.known.set(promise, (settler = this.find(promise)));
    return settler;
  }

  private find(promise: number): Settler {
    const { graph, settling } = this.tools;
    const waiting = waitersOf(graph, promise);
    const { starts, isUnderstood } = settling.of(promise);
    const { anchors, isComplete } = new HolderWalk(
      this.tools,
      closedNodes(waitersOf(graph, promise, true)),
    ).from(starts);
    const sorted = [...anchors].sort((a, b) => weight(a) - weight(b));
    const [first] = sorted;
    if (!first) {
      const isProven = isComplete && isUnderstood && graph.unread === 0 && !this.isHeld;
      return { kind: isProven ? 'nobody' : 'unknown', isOnlyOne: false, waiting };
    }
    // a timer beside something else is its time limit, as that of a pool: the other thing is what is waited for
    const best = this.isTimer(first) ? (sorted.find((one) => this.isMoreThanTimer(one)) ?? first) : first;
    return {
      kind: best.kind,
      best,
      waiting,
      isOnlyOne: anchors.length === 1 && isComplete && isUnderstood,
      ...(best === first ? {} : { timeLimit: first }),
    };
  }

  private isTimer({ kind, node }: Anchor): boolean {
    return kind === 'operation' && this.tools.live.resource(node)?.type === 'Timeout';
  }

  private isMoreThanTimer(anchor: Anchor): boolean {
    return !this.isTimer(anchor) && anchor.kind !== 'listener' && anchor.kind !== 'native' && anchor.rank < 6;
  }
}

/** The rank counts most, the length of the way a little. */
function weight({ rank, cost, event }: Anchor): number {
  return rank + cost / 20 + (event !== undefined && ENDS.has(event) ? 1 : 0);
}

/** Of more it would take too long to look at each. */
const MOST_PROMISES = 50_000;
