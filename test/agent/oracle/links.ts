import type { WireEntry, WireSite } from '../../../src/protocol/wire.js';
import type { BlindSpot } from './blindSpots.js';
import type { Pending, Target } from './truth.js';

/** What the agent says of a link: wrong for a reason, unknown for a reason, or right. */
export type Verdict =
  { wrong: string; isSite?: true } | { spot: BlindSpot | undefined; what: string } | undefined;

/** What the agent has told until now. */
export interface Told {
  readonly entries: ReadonlyMap<number, WireEntry>;
  readonly sites: readonly WireSite[];
}

/** Holds what an entry is said to wait for against what is truly waited for. */
export class Links {
  /** No microtask is left, so that everything that has settled was told to those who waited. */
  settled = false;

  /** `partial`: beyond the budget for stacks anything may be unknown. */
  constructor(
    private readonly told: Told,
    private readonly partial: boolean,
  ) {}

  /** Whether `entry` waits for `target`. */
  from(entry: WireEntry, target: Target): Verdict {
    return this.link(target, entry.waits[0], entry.state === 'ready');
  }

  functionOf(entry: WireEntry): string {
    return this.told.sites[entry.site ?? 0]?.function ?? '';
  }

  lineOf(site: number | undefined): number {
    return this.told.sites[site ?? 0]?.line ?? 0;
  }

  /** `isReady`: it is said that what was awaited has settled. */
  private link(target: Target, id: number | undefined, isReady = false): Verdict {
    const entry = this.entry(id);
    if (target.pending === 'no')
      return this.settled && entry !== undefined ? { wrong: 'waits for something settled' } : undefined;
    if (entry === undefined) {
      if (id !== 0 && target.pending === 'maybe') return undefined;
      if (isReady) return { wrong: 'is said to be ready' };
      return unknown(spotOf(target), `it waits for ${JSON.stringify(target)}`);
    }
    if (this.partial && isUnseen(entry)) return unknown(undefined, 'its kind');
    return this.target(target, entry);
  }

  private target(target: Target, entry: WireEntry): Verdict {
    const other = { wrong: `waits for ${JSON.stringify(entry)}, not for ${JSON.stringify(target)}` };
    if (target.kind !== 'task' && entry.name !== undefined) return other;
    switch (target.kind) {
      case 'value':
        return entry.kind === 'promise' ? undefined : other;
      case 'task':
        if (entry.name === undefined && this.partial) return unknown(undefined, 'its name');
        return entry.name === `task ${target.task}` ? undefined : other;
      case 'sleep':
        if (entry.kind !== 'new' || entry.type !== target.type || !this.isMadeAt(entry, target.line))
          return other;
        return this.operation(target, entry);
      case 'chain':
        return isChain(target.type, entry) && this.isMadeAt(entry, target.line)
          ? this.chain(target, entry)
          : other;
      case 'combinator':
        if (entry.type !== target.type || !this.isMadeAt(entry, target.line)) return other;
        return this.combinator(target, entry);
      case 'generator':
      case 'request':
        return entry.kind === 'generator' ? this.generator(target, entry) : other;
      case 'fromSync':
        if (entry.kind !== 'promise' || entry.type !== 'sync next') return other;
        return this.beyond(target.on, entry, 'fromSync');
      case 'instance':
        return entry.kind === 'promise' ? this.beyond(target.on, entry, 'subclass') : other;
      case 'thenable':
        return entry.kind === 'promise' ? this.thenable(target, entry) : other;
      case 'native':
        return this.isNative(target.fn, entry) ? undefined : other;
    }
  }

  private entry(id: number | undefined): WireEntry | undefined {
    return this.told.entries.get(id ?? 0);
  }

  /** The first thing that an entry waits for and that has not settled. */
  private firstOf(entry: WireEntry): number | undefined {
    return entry.waits.find((id) => id === 0 || this.told.entries.has(id));
  }

  private isMadeAt(entry: WireEntry, line: number): boolean {
    return line === 0 || entry.site === undefined || this.lineOf(entry.site) === line;
  }

  /** What is not known to be waited for, but if it is told must be right. */
  private beyond(target: Target, entry: WireEntry, spot: BlindSpot): Verdict {
    const first = this.firstOf(entry);
    return first === undefined ? unknown(spot, 'what is beyond it') : this.link(target, first);
  }

  /** Whether the promise waits for what truly settles it. */
  private operation(target: { operation: string; pending: Pending }, entry: WireEntry): Verdict {
    const operation = this.entry(this.firstOf(entry));
    if (operation !== undefined)
      return operation.type === target.operation ? undefined : { wrong: `is settled by ${operation.type}` };
    if (target.operation === 'none' || target.pending === 'maybe') return undefined;
    return unknown(undefined, 'its operation');
  }

  /** Whether the promise that was resolved with a thenable waits for what that waits for. */
  thenable(target: Target & { kind: 'thenable' }, entry: WireEntry): Verdict {
    const { operation, on, pending, isBusy } = target;
    // it is asked in a microtask
    if (!this.settled || pending === 'no') return undefined;
    const first = this.entry(this.firstOf(entry));
    if (first === undefined) {
      if (pending === 'maybe' || operation === 'none') return undefined;
      return unknown(isBusy || operation === 'tick' ? 'thenable' : undefined, 'what settles it');
    }
    if (operation !== 'promise')
      return first.type === operation
        ? undefined
        : { wrong: `is settled by ${first.type}, not ${operation}` };
    if (first.kind !== 'then') return { wrong: `is settled by a ${first.kind}` };
    return on === undefined ? undefined : this.link(on, this.firstOf(first));
  }

  private chain(target: Target & { kind: 'chain' }, entry: WireEntry): Verdict {
    // what a callback gave is adopted in a microtask
    if (target.moved && !this.settled) return undefined;
    if (target.type === 'new' && !target.moved)
      return this.operation({ pending: target.pending, operation: 'Timeout' }, entry);
    if (target.moved && target.on.kind === 'thenable' && target.type !== 'inside finally')
      return this.thenable(target.on, entry);
    if (target.type !== 'around') return this.link(target.on, this.firstOf(entry));
    const then = this.entry(this.firstOf(entry));
    if (then === undefined)
      return target.pending === 'maybe' ? undefined : unknown(undefined, 'what it is around');
    return then.kind === 'then'
      ? this.link(target.on, this.firstOf(then))
      : { wrong: `is around a ${then.kind}` };
  }

  private combinator(target: Target & { kind: 'combinator' }, entry: WireEntry): Verdict {
    if (this.partial && entry.inputs === undefined) return unknown(undefined, 'its inputs');
    if (entry.inputs !== target.total) return { wrong: `${entry.inputs} inputs of ${target.total}` };
    if (!this.settled) return undefined;
    const waits = entry.waits.filter((id) => this.told.entries.has(id));
    if (waits.length !== target.inputs.length)
      return { wrong: `${waits.length} inputs instead of ${target.inputs.length} are pending` };
    let found: Verdict;
    for (const [i, input] of target.inputs.entries()) {
      const verdict = this.link(input, waits[i]);
      if (verdict !== undefined && 'wrong' in verdict) return verdict;
      found ??= verdict;
    }
    return found;
  }

  private generator(target: Target & { kind: 'generator' | 'request' }, entry: WireEntry): Verdict {
    if (!this.settled) return undefined;
    const [id] = entry.waits;
    if (target.kind === 'request') {
      if (target.wasQueued && this.entry(id) === undefined)
        return unknown('queuedRequest', 'what it waits for');
      if (!target.isHead) return { wrong: 'the generator is not at that request yet' };
      if (target.first !== undefined) return this.link(target.first, id);
    }
    const { task } = target;
    if (task === undefined) return undefined;
    if (entry.await === undefined) return unknown(undefined, `the generator's await`);
    const line = this.lineOf(entry.await);
    if (line !== task.line)
      return { wrong: `generator awaits at line ${line}, not ${task.line}`, isSite: true };
    return this.link(task.target, id, entry.state === 'ready');
  }

  /** Whether the entry may stand for a function of Node. */
  private isNative(fn: string, entry: WireEntry): boolean {
    switch (fn) {
      case 'once':
        return entry.kind === 'function' && this.functionOf(entry) === 'once';
      case 'setTimeout':
        return entry.kind === 'new' && (this.entry(this.firstOf(entry))?.type ?? 'Timeout') === 'Timeout';
      default:
        return entry.kind === 'promise' || entry.kind === 'function';
    }
  }
}

export function unknown(spot: BlindSpot | undefined, what: string): Verdict {
  return { spot, what };
}

/** Where a promise was returned or given, and not awaited, it is not even known that there is one. */
function spotOf(target: Target): BlindSpot | undefined {
  if (target.kind === 'thenable') return 'thenable';
  return target.kind === 'instance' ? 'subclass' : undefined;
}

/** A promise of which nothing was recorded but that it exists. */
function isUnseen(entry: WireEntry): boolean {
  return entry.kind === 'promise' && entry.site === undefined && entry.type === '';
}

function isChain(type: string, entry: WireEntry): boolean {
  switch (type) {
    case 'then':
      return entry.kind === 'then' && entry.type === '';
    case 'new':
    case 'around':
      return entry.kind === 'new' && entry.type === '';
    case 'try':
      return entry.kind === 'promise' && entry.type === 'try';
    case 'inside finally':
      return entry.kind === 'then';
    default:
      return entry.kind === 'then' && entry.type === type;
  }
}
