import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import type { Disposable } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import { accessibleName, type Row, type RowColor } from '../../model/presenter/index.js';
import { commandIds } from '../workbench/commandIds.js';
import { cooldownMs } from '../settings/cooldown.js';

/** Rows hold still for so long, to be hovered and clicked: VS Code drops a hover whose row is drawn again. */
const REDRAW_MS = 1_000;
/** After a hover has been shown, to be read. */
const READ_MS = 5_000;

const THEME_COLORS: { readonly [K in RowColor]: string } = {
  warning: 'list.warningForeground',
  error: 'list.errorForeground',
  ok: 'testing.iconPassed',
  muted: 'disabledForeground',
  running: 'debugIcon.startForeground',
  paused: 'debugIcon.pauseForeground',
};

/** Shows the rows that it is given; holds none of them. */
export class RowTree implements vscode.TreeDataProvider<Row>, Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private pending: Disposable | undefined;
  private drawnMs = Number.NEGATIVE_INFINITY;
  /** What the rows on the screen took to make. */
  private tookMs = 0;
  /** Of the rows that were revealed last: by id, what stands above. */
  private parents = new Map<string, Row | undefined>();
  private readUntilMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly rows: () => readonly Row[],
    private readonly clock: Clock,
    private readonly tooltip: (row: Row) => string | vscode.MarkdownString = (row) => row.tooltip,
  ) {}

  /** Draws the rows again when they need not hold still any more; news wait only for a hover that is read. */
  refresh(isNews = false): void {
    const untilMs = isNews ? this.readUntilMs : Math.max(this.readUntilMs, this.drawnMs + this.holdMs());
    const waitMs = untilMs - this.clock.nowMs();
    if (waitMs <= 0) this.refreshNow();
    else this.pending ??= this.clock.after(waitMs, () => this.refreshNow());
  }

  refreshNow(): void {
    this.pending?.dispose();
    this.pending = undefined;
    this.drawnMs = this.clock.nowMs();
    this.changed.fire(undefined);
  }

  getChildren(row?: Row): Row[] {
    const beganMs = this.clock.nowMs();
    if (row === undefined) this.tookMs = 0;
    const rows = row === undefined ? this.rows() : row.children;
    this.tookMs += this.clock.nowMs() - beganMs;
    return [...rows];
  }

  /** VS Code asks for it to reveal a row. */
  getParent(row: Row): Row | undefined {
    return this.parents.get(row.id);
  }

  /** The first such row as it is now, to be revealed. */
  find(isIt: (row: Row) => boolean): Row | undefined {
    this.parents = new Map();
    let found: Row | undefined;
    const look = (rows: readonly Row[], parent: Row | undefined): void => {
      for (const row of rows) {
        this.parents.set(row.id, parent);
        if (found === undefined && isIt(row)) found = row;
        look(row.children, row);
      }
    };
    look(this.rows(), undefined);
    return found;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, collapsibleState(row));
    item.id = itemId(row);
    const { description } = row;
    item.description = description;
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(THEME_COLORS[row.color]),
    );
    item.contextValue = row.context;
    item.accessibilityInformation = { label: accessibleName(row), role: 'treeitem' };
    if (row.awaitSite !== undefined || row.creationSite !== undefined) {
      item.command = {
        command: commandIds.goToAwaitSite,
        title: t('Go to Code'),
        arguments: [row],
      };
    }
    if (row.setting !== undefined) {
      item.command = {
        command: 'workbench.action.openSettings',
        title: t('Open Settings'),
        arguments: [row.setting],
      };
    }
    return item;
  }

  /** Called when a row is hovered. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    this.readUntilMs = this.clock.nowMs() + READ_MS;
    this.pending?.dispose();
    this.pending = this.clock.after(READ_MS, () => this.refreshNow());
    item.tooltip = this.tooltip(row);
    return item;
  }

  dispose(): void {
    this.pending?.dispose();
    this.changed.dispose();
  }

  private holdMs(): number {
    return Math.max(REDRAW_MS, cooldownMs(this.tookMs));
  }
}

/** VS Code never expands by itself an item that it has known without children: with its first child it is another. */
function itemId(row: Row): string {
  return isParent(row) ? row.id : `${row.id} leaf`;
}

function isParent(row: Row): boolean {
  return row.isParent ?? row.children.length > 0;
}

function collapsibleState(row: Row): vscode.TreeItemCollapsibleState {
  if (!isParent(row)) return vscode.TreeItemCollapsibleState.None;
  return row.expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
