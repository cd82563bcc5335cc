/**
 * One record for everything that can be waited for. A hook runs for each promise of the program, so a record
 * is one flat object that never changes its shape; what only few records need lives in `extra`.
 */

export const enum Kind {
  /** An async function in progress. */
  Function,
  /** A request to an async generator. */
  Generator,
  /** A module with a top-level await. */
  Module,
  /** `new Promise` and `Promise.withResolvers`. */
  New,
  /** `then`, `catch` and `finally`. */
  Then,
  /** `Promise.all`, `race`, `any`, `allSettled`. */
  Combinator,
  /** Every other promise. */
  Promise,
  /** An async resource that is not a promise. */
  Resource,
}

export const enum Flag {
  /** On the stack of the current execution; of a resource: its callback runs. */
  Open = 1,
  /** Settled, destroyed or collected: no longer in the list. */
  Ended = 2,
  /** The host knows it. */
  Sent = 4,
  /** It is among the changed ones of the next poll. */
  Dirty = 8,
  /** `ref` is a WeakRef. */
  Weak = 16,
  /** An async function that has returned a promise or thenable and now waits for that. */
  Returned = 32,
  /** Stands for a task whose own promise was never seen. */
  Synthetic = 64,
  /** The promise that an await wraps around a value or thenable; `link` is the awaiting task. */
  AwaitedValue = 128,
  /** It is suspended or waits, but the place or the promise was not recorded. */
  Unknown = 256,
  /** Made by native code for the evaluation of a module. */
  Evaluation = 512,
  /** A request to a server of the program: what is begun for it has it as its origin. */
  Request = 1024,
  /** Not for people: the host is not told of it. */
  Hidden = 2048,
  /** It had not ended when the hooks were taken away. */
  Forgotten = 4096,
  /** It ended because its promise was collected while it was pending: nothing will settle it. */
  Collected = 8192,
  /** It was resolved with a thenable whose `then` has been called: what that began may not be what settles it. */
  Asked = 16384,
  /** Its own reaction has been called. */
  Reacted = 32768,
  /** Its promise or resource is held strongly, since it is young. */
  Held = 65536,
  /** The host knows that it does not keep the program running. */
  Loose = 131072,
  /** The flight recorder leaves it out: there was too much. */
  Unrecorded = 262144,
  /** The flight recorder has left out events of it since the last one that it wrote. */
  Gap = 524288,
}

export class AsyncRecord {
  flags = 0;
  /** Site id of the function's own position; for all other kinds of the call. 0: not recorded. */
  site = 0;
  /** `clockUs()` at which a task was last entered, or at which a promise settled; 0: not timed. */
  sinceUs = 0;
  /** Id of the task or request in which this one was made. */
  by = 0;
  next: AsyncRecord = this;
  prev: AsyncRecord = this;
  /**
   * What it waits for: the awaited, adopted or parent promise. Of an awaited value: the task that awaits it. Of a
   * server's connection: its request, and of that the connection.
   */
  link: AsyncRecord | null = null;
  extra: Extra | null = null;

  constructor(
    readonly id: number,
    public kind: Kind,
    readonly bornMs: number,
    /** The promise or resource while young, then of a resource a WeakRef to it. Nothing of the program is kept alive. */
    public ref: object | null,
  ) {}
}

/** Of a promise that a function runs for: an async function, a generator's request, a module. */
export class TaskRecord extends AsyncRecord {
  /** Site id of the place that called the function. */
  call = 0;
  /** Site id of the await that suspended the task. */
  awaitSite = 0;
  /** Identity of the function; 0: not known yet. */
  fn = 0;
  runs = 0;
  /** Microseconds that it ran, and that it was ready and did not run. */
  busyUs = 0;
  readyUs = 0;
  /** `clockUs()` at which it awaited what had settled before; 0: it awaits what was pending then. */
  readyFromUs = 0;
  /** The task that is open below this one. */
  below: TaskRecord | null = null;
}

/** A record that is or was open, or of one of the kinds that a function runs for. */
export function isTask(record: AsyncRecord): record is TaskRecord {
  return record instanceof TaskRecord;
}

export class Extra {
  /** Async resource type, or the builtin's name. */
  type = '';
  /** Inputs of a combinator, operations of a `new Promise`, what a thenable has begun. */
  inputs: AsyncRecord[] | null = null;
  inputCount = 0;
  name = '';
  asyncId = 0;
  /** Site id of the function of Node or of a package that the program called. */
  call = 0;
  /** Site id in the package that the program's place called to begin it. */
  through = 0;
  /** How often its callback ran. */
  runs = 0;
  /** Of an operation: the promise that it settles, as far as can be seen. */
  settles: AsyncRecord | null = null;
}

export function extraOf(record: AsyncRecord): Extra {
  return (record.extra ??= new Extra());
}
