import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import {
  creationRowId,
  followOn,
  followTask,
  type FollowedTask,
  hasEnded,
  type Row,
  type Steps,
  taskLabel,
  taskRows,
  treeText,
} from '../../model/presenter/index.js';
import type { AsyncStackHint } from '../sessions/asyncStackHint.js';
import { withAsyncStackHint } from '../sessions/asyncStackTooltip.js';
import type { ContextKeys } from '../workbench/contextKeys.js';
import { groupingLabel } from './groupBy.js';
import { type LiveSnapshot, TASKS_AT_ONCE } from '../sessions/liveSnapshot.js';
import { RowTree } from './rowTree.js';
import type { SessionFiles } from '../sessions/sessionFiles.js';
import type { Settings } from '../settings/settings.js';
import { StepByStep } from './stepByStep.js';
import type { TaskFilter } from './taskFilter.js';
import { pause } from '../../base/timeLimit.js';
import { viewIds } from '../workbench/viewIds.js';

/** Rows of one level; what is beyond them is counted in a last row. */
const MAX_ROWS = 500;

/** A row is looked for again after 0.1, 0.2 … s. */
const REVEALS = 10;
const REVEAL_PAUSE_MS = 100;

/** What the view is drawn from. */
export interface TaskTreeSources {
  live: LiveSnapshot;
  settings: Settings;
  filter: TaskFilter;
  files: SessionFiles;
  contextKeys: ContextKeys;
  hint: AsyncStackHint;
}

/** A task as commands name it. */
export interface TaskReference {
  session: string;
  task: string;
}

/** The view "Async Tasks". */
export class TaskTree implements Disposable {
  private readonly store = new DisposableStore();
  private readonly tree: RowTree;
  private readonly view: vscode.TreeView<Row>;
  /** Of the processes, as they were drawn last. */
  private states = '';
  /** The one task that is shown; `undefined`: all are. */
  private followed: FollowedTask | undefined;
  /** Where the debugger stood when that was shown last. */
  private pausedAt: string | undefined;
  /** Looks at the next tasks, where there are very many. */
  private readonly looking: StepByStep;
  private readonly steps: Steps = { tasks: TASKS_AT_ONCE, onMore: () => this.looking.goOn() };

  constructor(
    private readonly from: TaskTreeSources,
    private readonly clock: Clock,
  ) {
    const { live, settings, filter } = from;
    this.tree = this.store.add(
      new RowTree(
        () => this.rows(this.steps),
        clock,
        (row) => this.tooltip(row),
      ),
    );
    this.looking = this.store.add(new StepByStep(() => this.processNextBatch(), clock));
    this.view = this.store.add(
      vscode.window.createTreeView(viewIds.tasks, { treeDataProvider: this.tree, showCollapseAll: true }),
    );
    this.store.add(this.view.onDidChangeVisibility(() => this.update()));
    this.store.add(live.onDidChange(() => this.update()));
    this.store.add(settings.onDidChange(() => this.describe()));
    this.store.add(filter.onDidChange(() => this.describe()));
    this.describe();
  }

  /** The view as indented text. */
  text(): string {
    return treeText(this.rows());
  }

  redraw(): void {
    this.tree.refreshNow();
  }

  /** Shows this task alone. Throws a `UserError` when it is gone. */
  follow({ session, task }: TaskReference): void {
    const followed = followTask(this.from.live.live, session, task);
    if (!followed)
      throw new UserError(
        t('This task has ended already. Pause the program to follow one that is so short.'),
      );
    this.followed = followed;
    this.describe();
  }

  /** Follows the task and shows who called it. */
  async showCreationChain(task: TaskReference): Promise<void> {
    this.follow(task);
    const { followed } = this;
    if (followed) await this.select(({ id }) => id === creationRowId(followed));
  }

  /** Ends following. */
  showAll(): void {
    this.followed = undefined;
    this.describe();
  }

  /** Selects a row among all tasks. Throws a `UserError` when it is gone. */
  async reveal(id: string): Promise<void> {
    this.showAll();
    if (!(await this.select((row) => row.id === id)))
      throw new UserError(t('This process is not shown any more.'));
  }

  /** Selects a task among all that are shown. Throws a `UserError` when it is not. */
  async show(task: TaskReference, focus = true): Promise<void> {
    if (focus || this.followed) this.showAll();
    if (!(await this.select((row) => isRowOf(row, task), focus)))
      throw new UserError(t('This task is hidden. Clear the filter, or show internals and packages.'));
  }

  dispose(): void {
    this.store.dispose();
  }

  private rows(steps?: Steps): Row[] {
    const { live, settings, filter, files } = this.from;
    return taskRows(live.live, {
      grouping: settings.value['tasks.grouping'],
      filter: filter.value,
      internals: settings.value['tasks.showInternals'],
      hidden: files.hiddenIn,
      maxRows: MAX_ROWS,
      stuck: filter.value === '',
      follow: this.followed,
      ...(steps && { steps }),
    });
  }

  /** A process's also tells what async stacks cost it. */
  private tooltip(row: Row): string | vscode.MarkdownString {
    const { live, hint } = this.from;
    const process = live.live.processes.find(({ session }) => session === row.id);
    const times = process && hint.times(process);
    if (process === undefined || times === undefined) return row.tooltip;
    hint.shown(process);
    return withAsyncStackHint(row.tooltip, times);
  }

  /** What it finds is drawn when the rows need not hold still any more, or when it has looked at all. */
  private processNextBatch(): void {
    if (!this.view.visible) return;
    this.rows(this.steps);
    this.tree.refresh(!this.looking.goesOn);
  }

  /** Tries again while the rows are drawn anew: VS Code does not know them meanwhile. */
  private async select(isIt: (row: Row) => boolean, focus = true): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const row = this.tree.find(isIt);
      if (row === undefined) return false;
      try {
        await this.view.reveal(row, { select: true, focus, expand: focus });
        return true;
      } catch (error) {
        if (attempt === REVEALS) throw error;
        await pause(REVEAL_PAUSE_MS * attempt, this.clock);
      }
    }
  }

  private update(): void {
    const { processes } = this.from.live.live;
    this.from.contextKeys.set('asyncDebugger.active', processes.length > 0);
    this.keepFollowing();
    const states = processes.map(({ session, state }) => `${session} ${state}`).join('\n');
    const isNews = states !== this.states;
    this.states = states;
    if (this.view.visible) this.tree.refresh(isNews);
    this.showPaused();
  }

  /** Selects the task that the debugger has come to stand in; one that cannot be shown is still marked. */
  private showPaused(): void {
    const [stands] = this.from.live.live.processes.flatMap(({ session, paused }) =>
      paused?.task === undefined ? [] : { session, task: paused.task, at: paused.taskSite },
    );
    const key = stands && JSON.stringify(stands);
    if (key === this.pausedAt) return;
    this.pausedAt = key;
    if (!stands || !this.view.visible || this.followed) return;
    void this.select((row) => isRowOf(row, stands), false).catch(() => false);
  }

  private keepFollowing(): void {
    if (!this.followed) return;
    const before = hasEnded(this.followed);
    this.followed = followOn(this.followed, this.from.live.live);
    if (!this.followed || hasEnded(this.followed) !== before) this.describe();
  }

  private describe(): void {
    const { settings, filter, contextKeys } = this.from;
    const grouping = settings.value['tasks.grouping'];
    const parts = [
      ...(grouping === 'awaits' ? [] : [groupingLabel(grouping).toLowerCase()]),
      ...(filter.value === '' ? [] : [t('filter: {0}', filter.value)]),
    ];
    contextKeys.set('asyncDebugger.following', this.followed !== undefined);
    this.view.description = this.followed ? '' : parts.join(' · ');
    this.view.message = this.followed ? followingText(this.followed) : '';
    this.tree.refreshNow();
  }
}

function isRowOf(row: Row, { session, task }: TaskReference): boolean {
  return row.session === session && row.task === task;
}

function followingText(followed: FollowedTask): string {
  const name = taskLabel(followed.task);
  return hasEnded(followed) ? t('Following {0}, which has ended', name) : t('Following {0}', name);
}
