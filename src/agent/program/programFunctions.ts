/** What the program itself may call to be understood better: `globalThis[Symbol.for('nodejs.asyncDebugger')]`. */
import { type AsyncRecord, extraOf, Flag } from '../records/records.js';
import type { LiveList } from '../records/liveList.js';
import type { Above } from '../stacks/capture.js';
import { recordOf } from '../records/privateRecord.js';
import { NamedResource } from './namedResource.js';

const MAX_NAME = 200;
/** More than these are not looked at by themselves. */
const MAX_RESOURCES = 10_000;

/** A lock, a pool or the like. Nothing that is called here throws or changes what it is given. */
export interface ProgramResource {
  /** Says that this promise settles when one becomes free; gives the promise. */
  wait<P>(promise: P): P;
  /** The task that runs, or that has called the one that runs and ends, holds one until the function is called. */
  hold(): () => void;
}

export interface ProgramFunctions {
  /** Gives the task that runs a name. */
  name(text: string): void;
  /** Gives a promise a name, and gives the promise. */
  track<P>(promise: P, text: string): P;
  /** `size`: how many can hold it at the same time. */
  resource(text: string, size?: number): ProgramResource;
}

export class NamedResources {
  private resources: WeakRef<NamedResource>[] = [];

  /** `innermost`: the task that runs above a function. */
  constructor(
    private readonly live: LiveList,
    readonly innermost: (above: Above) => AsyncRecord | null,
    private readonly isRunning: () => boolean,
  ) {}

  functions(): ProgramFunctions {
    const name = (text: string): void => this.call(text, this.innermost(name));
    return {
      name,
      track: (promise, text) => {
        this.call(text, recordAt(promise));
        return promise;
      },
      resource: (text, size = 1) => this.resource(text, size),
    };
  }

  /** Looks at it at each poll. */
  add(named: NamedResource): NamedResource {
    if (this.resources.length < MAX_RESOURCES) this.resources.push(new WeakRef(named));
    return named;
  }

  /** At a poll. */
  refresh(): void {
    if (this.resources.length === 0) return;
    this.resources = this.resources.filter((one) => {
      const resource = one.deref();
      resource?.refresh();
      return resource !== undefined;
    });
  }

  private call(text: unknown, record: AsyncRecord | null): void {
    if (typeof text !== 'string' || record === null || (record.flags & Flag.Ended) !== 0) return;
    extraOf(record).name = text.slice(0, MAX_NAME);
    this.live.markDirty(record);
  }

  private resource(text: unknown, size: unknown): ProgramResource {
    const named = new NamedResource(
      this.live,
      (typeof text === 'string' && text !== '' ? text : 'resource').slice(0, MAX_NAME),
      typeof size === 'number' && size > 1 ? size : 1,
    );
    this.add(named);
    const hold = (): (() => void) => {
      if (!this.isRunning()) return () => {};
      const holder = this.innermost(hold);
      named.held(holder);
      let isHeld = true;
      return () => {
        if (isHeld) named.released(holder);
        isHeld = false;
      };
    };
    return {
      wait: (promise) => {
        if (this.isRunning()) named.waitedFor(recordAt(promise));
        return promise;
      },
      hold,
    };
  }
}

function recordAt(value: unknown): AsyncRecord | null {
  return typeof value === 'object' && value !== null ? recordOf(value) : null;
}
