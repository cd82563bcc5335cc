import * as vscode from 'vscode';
import type { Clock } from '../base/clock.js';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { type Row, warningRows } from '../model/presenter/index.js';
import type { ContextKeys } from './contextKeys.js';
import type { LiveSnapshot } from './liveSnapshot.js';
import { RowTree } from './rowTree.js';
import { viewIds } from './viewIds.js';

/** The view "Async Warnings"; its badge counts the places. */
export class WarningTree implements Disposable {
  private readonly store = new DisposableStore();
  private readonly tree: RowTree;
  private readonly view: vscode.TreeView<Row>;
  private shown = '';
  private count = 0;

  constructor(
    private readonly live: LiveSnapshot,
    private readonly contextKeys: ContextKeys,
    clock: Clock,
  ) {
    this.tree = this.store.add(new RowTree(() => warningRows(live.all), clock));
    this.view = this.store.add(
      vscode.window.createTreeView(viewIds.warnings, { treeDataProvider: this.tree }),
    );
    this.store.add(live.onDidChange(() => this.update()));
    this.store.add(this.view.onDidChangeVisibility(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const warnings = this.live.all.processes.flatMap((process) => process.warnings);
    this.contextKeys.set('asyncDebugger.hasWarnings', warnings.length > 0);
    this.showBadge(warnings.length);
    if (!this.view.visible) return;
    const seen = JSON.stringify(warnings);
    if (seen === this.shown) return;
    this.shown = seen;
    this.tree.refresh(this.count !== warnings.length);
    this.count = warnings.length;
  }

  private showBadge(value: number): void {
    if ((this.view.badge?.value ?? 0) === value) return;
    this.view.badge =
      value === 0
        ? undefined
        : {
            value,
            tooltip:
              value === 1
                ? vscode.l10n.t('1 place blocked the event loop')
                : vscode.l10n.t('{0} places blocked the event loop', value),
          };
  }
}
