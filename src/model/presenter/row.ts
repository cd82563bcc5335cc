import type { Site } from '../../protocol/snapshot.js';
import type { HiddenFiles } from '../taskIndex/hiddenFiles.js';
import type { Grouping } from '../taskIndex/listing.js';
import type { FollowedTask } from './followedTask.js';

/** Codicon ids that rows use; none of them moves. */
export type RowIcon =
  | 'arrow-swap'
  | 'call-incoming'
  | 'circle-large-outline'
  | 'circle-slash'
  | 'clock'
  | 'debug-pause'
  | 'debug-stackframe'
  | 'ellipsis'
  | 'error'
  | 'eye-closed'
  | 'rocket'
  | 'library'
  | 'file'
  | 'globe'
  | 'history'
  | 'info'
  | 'list-tree'
  | 'package'
  | 'pass'
  | 'play'
  | 'play-circle'
  | 'plug'
  | 'server-process'
  | 'warning'
  | 'watch';

export type RowColor = 'warning' | 'error' | 'ok' | 'muted' | 'running' | 'paused';

/**
 * One line of a tree: the same for VS Code, the CLI and the copied text. All texts are plain and bounded. Many make
 * their texts and what stands below them only when they are asked for it.
 */
export interface Row {
  /** Unique in its tree; the same after a refresh. */
  id: string;
  label: string;
  readonly description: string;
  /** Plain text, several lines. */
  readonly tooltip: string;
  icon: RowIcon;
  color?: RowColor;
  /** There are rows below it, which need not be made yet; absent: if `children` has some. */
  readonly isParent?: boolean;
  /** Whether it starts out expanded. */
  expanded: boolean;
  /** Words for menus: `process blocked`, `task awaitSite creationSite link`, `warning blocking ongoing`, `frame`, `group`, `more`. */
  context: string;
  /** Where a click leads: the await of a task, the line of a frame or a warning. */
  awaitSite?: Site;
  creationSite?: Site;
  /** Session of the debuggee that it belongs to. */
  session?: string;
  /** Id of its task. */
  task?: string;
  /** Id of its warning in that session, and of which block of it. */
  warning?: string;
  episode?: number;
  /** Name of the setting that a click leads to. */
  setting?: string;
  /** Id of the row of the process or worker that its task stands for. */
  link?: string;
  readonly children: readonly Row[];
}

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
  /** Rows per level. */
  maxRows: number;
  /** Show this task alone. */
  follow?: FollowedTask | undefined;
  /** Absent: all tasks are looked at, which takes seconds where there are a million. */
  steps?: Steps;
}
