import { Kind } from '../records/records.js';
import type { Stack } from '../stacks/stack.js';
import type { Executions } from './executions.js';

/** How much of the stack will tell what the next promise is, by what told the last ones. */
export class ExpectedStack {
  /** Frames to begin with for a promise with a parent: an await needs one, `then` three, and more of the same follow. */
  childDepth = 1;
  /** A few frames would have told the last promise without a parent, and so they may this one. */
  areFewLikely = false;

  constructor(
    private readonly stack: Stack,
    private readonly executions: Executions,
  ) {}
  /** How many of the program's frames may tell a promise that is like the last one; 0: a whole stack is needed. */
  partial(hasParent: boolean): 0 | 1 | 2 {
    if (!this.stack.few.isWanted) return 0;
    if (!hasParent) return this.areFewLikely ? 2 : 0;
    // what a generator's request makes has builtins above it
    return this.childDepth === 1 && this.executions.open?.kind !== Kind.Generator ? 1 : 0;
  }
}
