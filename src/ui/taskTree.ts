import * as vscode from 'vscode';
import type { Clock } from '../base/clock.js';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { type Row, taskRows, treeText } from '../model/presenter/index.js';
import type { ContextKeys } from './contextKeys.js';
import { groupingLabel } from './groupBy.js';
import type { LiveSnapshot } from './liveSnapshot.js';
import { RowTree } from './rowTree.js';
import type { Settings } from './settings.js';
import type { TaskFilter } from './taskFilter.js';
import { viewIds } from './viewIds.js';

/** Rows of one level; what is beyond them is counted in a last row. */
const MAX_ROWS = 500;

/** The view "Async Tasks". */
export class TaskTree implements Disposable {
  private readonly store = new DisposableStore();
  private readonly tree: RowTree;
  private readonly view: vscode.TreeView<Row>;
  /** Of the processes, as they were drawn last. */
  private states = '';

  constructor(
    private readonly live: LiveSnapshot,
    private readonly settings: Settings,
    private readonly filter: TaskFilter,
    private readonly contextKeys: ContextKeys,
    clock: Clock,
  ) {
    this.tree = this.store.add(new RowTree(() => this.rows(), clock));
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
    return treeText([...this.rows()]);
  }

  redraw(): void {
    this.tree.refreshNow();
  }

  dispose(): void {
    this.store.dispose();
  }

  private rows(): Row[] {
    return taskRows(this.live.live, {
      grouping: this.settings.value['tasks.grouping'],
      filter: this.filter.value,
      internals: this.settings.value['tasks.showInternals'],
      maxRows: MAX_ROWS,
    });
  }

  private update(): void {
    const { processes } = this.live.live;
    this.contextKeys.set('asyncDebugger.active', processes.length > 0);
    const states = processes.map(({ session, state }) => `${session} ${state}`).join('\n');
    const isNews = states !== this.states;
    this.states = states;
    if (this.view.visible) this.tree.refresh(isNews);
  }

  private describe(): void {
    const grouping = this.settings.value['tasks.grouping'];
    const parts = [
      ...(grouping === 'awaits' ? [] : [groupingLabel(grouping).toLowerCase()]),
      ...(this.filter.value === '' ? [] : [vscode.l10n.t('filter: {0}', this.filter.value)]),
    ];
    this.view.description = parts.join(' · ');
    this.tree.refreshNow();
  }
}
