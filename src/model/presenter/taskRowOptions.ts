import type { HiddenFiles } from '../taskIndex/hiddenFiles.js';
import type { Grouping } from '../taskIndex/listing.js';
import type { FollowedTask } from './followedTask.js';

/** Very many tasks are looked at step by step, so that the rows are there soon. */
export interface Steps {
  /** So many at once, of each process. */
  tasks: number;
  /** Called where there are more: those that were looked at are shown, and the next rows look at more of them. */
  onMore(): void;
}

export interface TaskRowOptions {
  grouping: Grouping;
  /** What a row or one below it must match, in the words of `parseQuery`; empty: all. */
  filter: string;
  /** Show Node's own code and packages too. */
  internals: boolean;
  /** Which files are hidden in a session otherwise; absent: Node's own code and packages. */
  hidden?: (session: string) => HiddenFiles;
  /** Who reads the rows has no filter to find more of them with. */
  hasNoFilter?: boolean;
  /** What does not go on stands at the top of its process, too. */
  stuck?: boolean;
  /** Rows per level. */
  maxRows: number;
  /** Show this task alone. */
  follow?: FollowedTask | undefined;
  /** Absent: all tasks are looked at, which takes seconds where there are a million. */
  steps?: Steps;
}
