import type { FunctionPlace } from './functions.js';

/** A function that is suspended, and what it waits for. Nodes are those of the heap graph. */
export interface SuspendedTask extends FunctionPlace {
  readonly node: number;
  readonly closure: number;
  /** `driven`: a generator that promises set going, as compilers make of an async function. */
  kind: 'async function' | 'async generator' | 'generator' | 'driven' | 'module';
  /** What its end settles; of an async generator the promise of each request, the one that it serves first. */
  promises: number[];
  /** The promise that it awaits; absent: none, it runs or is about to. */
  awaits?: number;
  readonly context: number;
  readonly registers: number;
}

/**
 * How the end of a promise goes on. `adopt`: it was resolved with the promise, and nothing else settles it. `resolve`: its
 * resolve function is a handler of the promise, and others may have that function too.
 */
export type Link =
  | 'await'
  | 'then'
  | 'catch'
  | 'finally'
  | 'all'
  | 'allSettled'
  | 'any'
  | 'race'
  | 'adopt'
  | 'resolve'
  | 'module';

/** What goes on when a promise settles: a task, or another promise, or a handler alone. */
export interface Consumer {
  link: Link;
  readonly task?: SuspendedTask;
  readonly promise?: number;
  readonly handler?: number;
}

/** What settles a promise: the end of a task, or of another promise. */
export interface Producer {
  link: Link | 'end';
  readonly task?: SuspendedTask;
  readonly promise?: number;
  readonly handler?: number;
}

/** Which functions are suspended, which promise each of them awaits, and what settles that. */
export class TaskGraph {
  readonly tasks = new Map<number, SuspendedTask>();
  /** Reactions whose parts were not recognised: with one of them nothing is proven any more. */
  unread = 0;
  private readonly goesOn = new Map<number, Consumer[]>();
  private readonly settles = new Map<number, Producer[]>();

  consumers(promise: number): readonly Consumer[] {
    return this.goesOn.get(promise) ?? [];
  }

  producers(promise: number): readonly Producer[] {
    return this.settles.get(promise) ?? [];
  }

  /** Promises that something waits for. */
  awaited(): IterableIterator<number> {
    return this.goesOn.keys();
  }

  addConsumer(promise: number, consumer: Consumer): void {
    add(this.goesOn, promise, consumer);
  }

  addProducer(promise: number, producer: Producer): void {
    add(this.settles, promise, producer);
  }

  awaits(task: SuspendedTask, promise: number): void {
    task.awaits = promise;
    this.addConsumer(promise, { link: 'await', task });
  }

  /** The end of one promise settles the other. */
  link(from: number, to: number, link: Link, handler?: number): void {
    const about = handler === undefined ? {} : { handler };
    this.addConsumer(from, { link, promise: to, ...about });
    this.addProducer(to, { link, promise: from, ...about });
  }
}

function add<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
