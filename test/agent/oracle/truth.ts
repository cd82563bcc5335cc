/** What a program knows of itself at one moment; written by runtime.cjs. */
export interface Truth {
  /** Number of the program that runs, maybe beside what is left of those before it. */
  seed: number;
  /** The agent has come again since the last moment: it knows nothing of what was before. */
  isAnew: boolean;
  tasks: TrueTask[];
}

export interface TrueTask {
  id: number;
  fn: string;
  /** Lines of the function's head and of its call; 0 where the call is made by something else. */
  at: number;
  calledAt: number;
  /** The task that called it; absent where none did, or it is not known. */
  caller?: number;
  state: 'running' | 'waiting' | 'returned';
  pending: Pending;
  /** Line of the await. */
  line: number;
  target: Target | null;
}

/** `maybe`: it has settled, or is about to in a microtask that is queued. */
export type Pending = 'yes' | 'no' | 'maybe';

interface Generator {
  id: number;
  line: number;
  target: Target;
}

/** What is waited for. `line` is where it was made; 0: not by the program. */
export type Target = { pending: Pending } & (
  | { kind: 'value' }
  | { kind: 'task'; task: number }
  | { kind: 'sleep'; line: number; type: string; operation: string }
  | { kind: 'chain'; line: number; type: string; moved: boolean; on: Target }
  | { kind: 'combinator'; line: number; type: string; total: number; inputs: Target[] }
  | { kind: 'generator'; task?: Generator }
  | { kind: 'request'; isHead: boolean; wasQueued: boolean; first?: Target; task?: Generator }
  | { kind: 'fromSync'; on: Target }
  | { kind: 'instance'; line: number; on: Target }
  /** `on`: the promise whose end settles it. `isBusy`: its `then` begins something else as well. */
  | { kind: 'thenable'; operation: string; on?: Target; isBusy: boolean }
  | { kind: 'native'; line: number; fn: string }
);
