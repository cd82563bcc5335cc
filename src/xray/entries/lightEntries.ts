import type { WireEntry } from '../../protocol/wire.js';
import type { AsyncFrame, AsyncStack, OpenResource } from '../live/liveObjects.js';
import { resourceDetail } from './resourceDetail.js';
import { Sites } from './sites.js';
import type { ReadEntries } from './xrayTasks.js';

/** A place on the way from the outermost function to the promises. */
interface StackNode {
  readonly frame: AsyncFrame | undefined;
  /** Promises whose stacks begin just there. */
  count: number;
  readonly below: Map<string, StackNode>;
}

/**
 * Entries from async stacks: one for each place with the same functions above it. How many functions wait there is known as
 * an upper bound alone: V8 gives the promises of a chain of `then` the same stack.
 */
export class LightEntries implements ReadEntries {
  readonly sites = new Sites();
  readonly entries: WireEntry[] = [];
  readonly handlerSites = new Map<number, number>();
  readonly internal = new Set<number>();
  private readonly counts = new Map<number, number>();

  constructor(stacks: readonly AsyncStack[], resources: readonly OpenResource[]) {
    for (const resource of resources) this.add('resource', resource.type).detail = resourceDetail(resource);
    this.addBelow(treeOf(stacks), undefined);
  }

  /** At most so many functions wait at the place of an entry; `undefined`: it is one. */
  atMost(entry: number): number | undefined {
    return this.counts.get(entry);
  }

  private addBelow(top: StackNode, above: WireEntry | undefined): void {
    const combinators = new Map<string, WireEntry>();
    for (const node of top.below.values()) {
      const { frame } = node;
      if (!frame) continue;
      if (!('combinator' in frame)) {
        const task = this.task(frame, node.count);
        above?.waits.push(task.id);
        this.addBelow(node, task);
        continue;
      }
      let combinator = combinators.get(frame.combinator);
      if (!combinator) {
        combinator = this.add('combinator', `Promise.${frame.combinator || 'all'}`);
        above?.waits.push(combinator.id);
        combinators.set(frame.combinator, combinator);
      }
      this.addBelow(node, combinator);
    }
  }

  private task(frame: Exclude<AsyncFrame, { combinator: string }>, count: number): WireEntry {
    const entry = this.add('function', frame.function);
    entry.state = 'awaiting';
    entry.runs = 1;
    const site = this.sites.index({ ...frame, name: frame.function });
    if (site !== undefined) entry.await = site;
    if (count > 1) this.counts.set(entry.id, count);
    return entry;
  }

  private add(kind: WireEntry['kind'], type: string): WireEntry {
    const id = this.entries.length + 1;
    const entry: WireEntry = { id, kind, type, bornMs: 0, state: 'pending', waits: [], by: 0, runs: 0 };
    this.entries.push(entry);
    return entry;
  }
}

function treeOf(stacks: readonly AsyncStack[]): StackNode {
  const top: StackNode = { frame: undefined, count: 0, below: new Map() };
  for (const { frames, count } of stacks) {
    let node = top;
    for (const frame of [...frames].reverse()) {
      // the inputs of a combinator are told by what waits in them, not by their index
      const key = 'combinator' in frame ? frame.combinator : JSON.stringify(frame);
      let next = node.below.get(key);
      if (!next) node.below.set(key, (next = { frame, count: 0, below: new Map() }));
      node = next;
    }
    node.count += count;
  }
  return top;
}
