import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';

/** More than this begun for one thenable are not told apart. */
const MAX_BEGUN = 32;
/** As many are looked at to find what the others wait for. */
const MAX_STEPS = 200;

/**
 * A promise that was resolved with a thenable: the engine calls the `then` of that in a microtask, for the promise.
 * What is begun there and is not waited for by anything else that is begun there will settle the promise, as far as
 * can be seen. Only one such thing is believed: of several nothing tells to which of them `resolve` was given.
 */
export class Thenables {
  /** The promise whose thenable is asked now. */
  private asker: AsyncRecord | null = null;
  /** Depth of the execution in which that is. */
  private depth = 0;
  /** What was begun by no task of this execution. */
  private readonly begun: AsyncRecord[] = [];
  /** It is asked by a callback of an operation: what that calls besides may be there for anything. */
  private isCallback = false;
  /** Not all that was begun is known. */
  private isPartial = false;

  get isAsking(): boolean {
    return this.asker !== null;
  }

  /** The execution at `depth` runs for this promise; for a reaction of its own that is nothing special. */
  enter(promise: AsyncRecord | null, depth: number): void {
    if (this.asker !== null) this.isPartial = true;
    if (promise === null || !isResolvedWithThenable(promise)) return;
    this.reset();
    this.asker = promise;
    this.depth = depth;
  }

  /** A callback runs, in the execution at `depth`, of what was to settle this promise: what that begins may go on with it. */
  goOn(promise: AsyncRecord, depth: number): void {
    if (this.asker !== null) {
      this.isPartial = true;
      return;
    }
    this.reset();
    this.asker = promise;
    this.depth = depth;
    this.isCallback = true;
  }

  /** The execution at `depth` ends. True: the promise has something more to tell. */
  leave(depth: number, seen: boolean): AsyncRecord | null {
    const { asker } = this;
    if (asker === null || depth !== this.depth) return null;
    const found = seen && !this.isPartial ? this.settling() : [];
    this.reset();
    if ((asker.flags & Flag.Ended) !== 0) return null;
    asker.flags |= Flag.Asked;
    if (found.length > 0) (extraOf(asker).inputs ??= []).push(...found);
    return asker;
  }

  /** Begun in no task of this execution. */
  add(record: AsyncRecord): void {
    if (this.asker === null) return;
    if (this.begun.length < MAX_BEGUN) this.begun.push(record);
    else this.isPartial = true;
  }

  /** Something was begun that has no record, or of which it is not known where. */
  missed(): void {
    if (this.asker !== null) this.isPartial = true;
  }

  /** It was no thenable but a promise, which the engine has told. */
  reset(): void {
    this.asker = null;
    this.begun.length = 0;
    this.isPartial = this.isCallback = false;
  }

  private settling(): AsyncRecord[] {
    const roots = this.roots();
    const [root] = roots;
    if (root === undefined || (this.isCallback && root.kind !== Kind.Resource)) return [];
    if (roots.length === 1) return canSettle(root) ? roots : [];
    const { kind, link, site } = root;
    // `p.catch(…); p.then(resolve)`: both are on the one that is waited for
    if (
      kind === Kind.Then &&
      link !== null &&
      roots.every((other) => other.kind === kind && other.link === link)
    )
      return [link];
    // a connection and its lookup are one thing
    const isOneCall = kind === Kind.Resource && site !== 0;
    return isOneCall && roots.every((other) => other.kind === kind && other.site === site) ? roots : [];
  }

  /** What was begun and has not ended, without what others of them wait for. */
  private roots(): AsyncRecord[] {
    const awaited = new Set<AsyncRecord>();
    const pending = [...this.begun];
    for (let steps = 0; pending.length > 0; steps++) {
      const next = pending.pop() as AsyncRecord;
      if (steps > MAX_STEPS) return [];
      for (const other of [next.link, ...(next.extra?.inputs ?? [])]) {
        if (other === null || awaited.has(other)) continue;
        awaited.add(other);
        pending.push(other);
      }
    }
    return this.begun.filter((record) => (record.flags & Flag.Ended) === 0 && !awaited.has(record));
  }
}

/** A promise that was made and left alone is not taken to settle another one. */
function canSettle({ kind }: AsyncRecord): boolean {
  return kind === Kind.Then || kind === Kind.Function || kind === Kind.Resource;
}

/** Functions of the language that settle the promise that they make with whatever they are given. */
const SETTLED_WITH_ANY = new Set(['resolve', 'try']);

/**
 * Whether a callback that the engine calls for a promise, and that does not resume a task, asks a thenable: a
 * reaction is called once, for a promise of `then`.
 */
function isResolvedWithThenable(promise: AsyncRecord): boolean {
  const { kind, flags, extra, link, site } = promise;
  if ((flags & Flag.Ended) !== 0) return false;
  if (kind === Kind.New || kind === Kind.Function) return true;
  if (kind === Kind.Then) {
    promise.flags |= Flag.Reacted;
    return (flags & Flag.Reacted) !== 0;
  }
  if (kind !== Kind.Promise) return false;
  if ((flags & Flag.AwaitedValue) !== 0 || SETTLED_WITH_ANY.has(extra?.type ?? '')) return true;
  // of an input of a combinator nothing but the place is known
  return extra === null && link === null && site !== 0 && (flags & (Flag.Unknown | Flag.Evaluation)) === 0;
}
