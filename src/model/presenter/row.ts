import type { Site } from '../../protocol/snapshot.js';

/** Codicon ids that rows use; none of them moves. */
export type RowIcon =
  | 'arrow-swap'
  | 'circle-large-outline'
  | 'circle-slash'
  | 'clock'
  | 'debug-pause'
  | 'debug-stackframe'
  | 'ellipsis'
  | 'file'
  | 'globe'
  | 'history'
  | 'info'
  | 'list-tree'
  | 'package'
  | 'play'
  | 'play-circle'
  | 'plug'
  | 'server-process'
  | 'warning'
  | 'watch';

export type RowColor = 'warning' | 'error' | 'ok' | 'muted' | 'running';

/** One line of a tree: the same for VS Code, the CLI and the copied text. All texts are plain and bounded. */
export interface Row {
  /** Unique in its tree; the same after a refresh. */
  id: string;
  label: string;
  description: string;
  /** Plain text, several lines. */
  tooltip: string;
  icon: RowIcon;
  color?: RowColor;
  /** Whether it starts out expanded. */
  expanded: boolean;
  /** Words for menus: `process blocked`, `task awaitSite creationSite`, `warning`, `frame`, `group`, `more`. */
  context: string;
  /** Where a click leads: the await of a task, the line of a frame or a warning. */
  awaitSite?: Site;
  creationSite?: Site;
  /** Session of the debuggee that it belongs to. */
  session?: string;
  children: readonly Row[];
}

export type Grouping = 'awaits' | 'site' | 'type' | 'age';

export interface TaskRowOptions {
  grouping: Grouping;
  /** Text that a row or one below it must contain; empty: all. */
  filter: string;
  /** Show Node's own code and packages too. */
  internals: boolean;
  /** Rows per level. */
  maxRows: number;
}
