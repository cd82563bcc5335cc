import type { Site } from '../../protocol/snapshot.js';

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
