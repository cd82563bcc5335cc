import { type HeapGraph, NONE } from '../heap/heapGraph.js';
import type { WireDetail } from '../../protocol/wire.js';
import type { ProgramCalls } from './programCalls.js';
import { AWAIT_PLACES, DESCRIBE, HOLDER, PROTOTYPES, STACKS } from './scripts.js';

/** A place in a script, as V8 counts: line and column from 1. */
export interface AwaitPlace {
  url: string;
  line: number;
  column: number;
  function: string;
}

/** What a timer, a handle or a request is: the async resource type that Node has for it, and what is known of it. */
export interface OpenResource {
  type: string;
  unref?: boolean;
  detail: WireDetail & { armedAgoMs?: number };
}

const LISTS = ['promises', 'timers', 'emitters', 'requests', 'handles'] as const;
type List = (typeof LISTS)[number];

/**
 * The program's promises, timers and handles in arrays that are made *before* the snapshot. The snapshot shows these arrays
 * with their elements, so that the index in the array and the node in the heap are known to be the same object: whatever
 * a snapshot has not can then be asked for with one call for all of them.
 */
export class LiveObjects {
  private readonly indexes: Record<List, Map<number, number>> = {
    promises: new Map(),
    timers: new Map(),
    emitters: new Map(),
    requests: new Map(),
    handles: new Map(),
  };
  /** Nodes of the arrays themselves: they hold nothing that the program holds. */
  readonly own = new Set<number>();
  private resources = new Map<number, OpenResource>();

  private constructor(
    private readonly calls: ProgramCalls,
    private readonly holder: string,
  ) {}

  static async collect(calls: ProgramCalls): Promise<LiveObjects> {
    const known = await calls.object(PROTOTYPES);
    const { result } = await calls.properties(known);
    const found: string[] = [];
    for (const wanted of ['promise', 'timeout', 'emitter']) {
      const prototype = result.find(({ name }) => name === wanted)?.value?.objectId ?? '';
      found.push(await calls.instances(prototype));
    }
    return new LiveObjects(calls, await calls.callForObject(HOLDER, known, found));
  }

  /** Finds the arrays in the snapshot. */
  async locate(heap: HeapGraph): Promise<void> {
    const holder = heap.nodeOfId(await this.calls.heapId(this.holder));
    if (holder === NONE) return;
    this.own.add(holder);
    for (const list of LISTS) {
      const array = heap.follow(holder, list, 'property');
      if (array === NONE) continue;
      this.own.add(array).add(heap.follow(array, 'elements'));
      for (const { kind, name, to } of heap.edges(array))
        if (kind === 'element') this.indexes[list].set(to, Number(name));
    }
  }

  /** Reads what timers, handles and requests tell of themselves. */
  async describe(): Promise<void> {
    const told = (await this.calls.callForValue(DESCRIBE, this.holder)) as Partial<Record<List, unknown[]>>;
    for (const list of ['handles', 'emitters', 'requests', 'timers'] as const) {
      for (const [node, index] of this.indexes[list]) {
        const resource = readResource(told[list]?.[index]);
        if (resource) this.resources.set(node, resource);
      }
    }
  }

  /** The same without a heap: all of them, in no order. */
  async describeAll(): Promise<OpenResource[]> {
    const told = (await this.calls.callForValue(DESCRIBE, this.holder)) as Partial<Record<List, unknown[]>>;
    return (['timers', 'requests', 'handles', 'emitters'] as const)
      .flatMap((list) => told[list] ?? [])
      .flatMap((one) => readResource(one) ?? []);
  }

  /** Async stacks of all promises, with how many have each. In pieces, between which the program goes on. */
  async asyncStacks(limitMs: number, onProgress: (share: number) => void): Promise<AsyncStack[]> {
    const total = Number(
      await this.calls.callForValue('function () { return this.promises.length; }', this.holder),
    );
    const stacks: AsyncStack[] = [];
    for (let from = 0; from < total; from += STACKS_AT_ONCE) {
      onProgress(from / total);
      const told = await this.calls.callForValue(STACKS, this.holder, [from, STACKS_AT_ONCE], {
        awaits: true,
        limitMs,
      });
      for (const one of Array.isArray(told) ? (told as unknown[]) : []) stacks.push(...readStack(one));
    }
    return stacks;
  }

  /** The timer, handle or request that a node is. */
  resource(node: number): OpenResource | undefined {
    return this.resources.get(node);
  }

  /** All of them. */
  get open(): ReadonlyMap<number, OpenResource> {
    return this.resources;
  }

  get promiseCount(): number {
    return this.indexes.promises.size;
  }

  /** Index of a promise in the array of them. */
  indexOf(promise: number): number | undefined {
    return this.indexes.promises.get(promise);
  }

  /**
   * Where the one function stands that awaits each of these promises, by the promise. Needs a loop that turns; in pieces,
   * between which the program goes on.
   */
  async awaitPlaces(promises: readonly number[], limitMs: number): Promise<Map<number, AwaitPlace>> {
    const places = new Map<number, AwaitPlace>();
    const wanted = promises.filter((promise) => this.indexes.promises.has(promise));
    for (let from = 0; from < wanted.length; from += PLACES_AT_ONCE) {
      const some = wanted.slice(from, from + PLACES_AT_ONCE);
      const indexes = some.map((promise) => this.indexes.promises.get(promise));
      const told = await this.calls.callForValue(AWAIT_PLACES, this.holder, [indexes], {
        awaits: true,
        limitMs,
      });
      if (!Array.isArray(told)) break;
      some.forEach((promise, at) => {
        const place = readPlace(told[at]);
        if (place) places.set(promise, place);
      });
    }
    return places;
  }
}

/** Who awaits a promise, who awaits that one …, and how many promises have it so. */
export interface AsyncStack {
  frames: AsyncFrame[];
  count: number;
}

/** A function at its await, or a combinator with the index of its input. */
export type AsyncFrame = AwaitPlace | { combinator: string; index: number };

function readStack(value: unknown): AsyncStack[] {
  if (!Array.isArray(value) || !Array.isArray(value[0]) || typeof value[1] !== 'number') return [];
  const frames = (value[0] as unknown[]).flatMap((frame): AsyncFrame[] => {
    if (!Array.isArray(frame)) return [];
    const [name, place, line, column] = frame as unknown[];
    if (typeof name !== 'string') return [];
    if (typeof place === 'string')
      return [{ function: name, url: place, line: Number(line), column: Number(column) }];
    return [{ combinator: name, index: Number(place) }];
  });
  return frames.length > 0 ? [{ frames, count: value[1] }] : [];
}

function readPlace(value: unknown): AwaitPlace | undefined {
  if (!Array.isArray(value)) return undefined;
  const [url, line, column, name] = value as unknown[];
  if (typeof url !== 'string' || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { url, line, column, function: typeof name === 'string' ? name : '' };
}

function readResource(value: unknown): OpenResource | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, unref, detail } = value as Partial<OpenResource>;
  if (typeof type !== 'string' || type === '') return undefined;
  return { type, detail: typeof detail === 'object' ? detail : {}, ...(unref === true ? { unref } : {}) };
}

const PLACES_AT_ONCE = 2_000;
const STACKS_AT_ONCE = 2_000;
