import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.js';
import { statusText } from '../model/presenter/index.js';
import { commandIds } from './commandIds.js';
import type { LiveSnapshot } from './liveSnapshot.js';
import type { SessionFiles } from './sessionFiles.js';
import { focusTasks } from './viewIds.js';

/** Tasks and loop lag of what is being debugged; hidden while nothing is. */
export class StatusBar implements Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'asyncDebugger.status',
    vscode.StatusBarAlignment.Left,
    1,
  );
  private readonly subscription: Disposable;
  private shown = '';

  constructor(
    private readonly live: LiveSnapshot,
    private readonly files: SessionFiles,
  ) {
    this.item.name = vscode.l10n.t('Async Debugger');
    this.item.command = focusTasks;
    this.subscription = live.onDidChange(() => this.update());
    this.update();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const status = statusText(this.live.live, this.files.hiddenIn);
    const key = JSON.stringify(status ?? null);
    if (key === this.shown) return;
    this.shown = key;
    if (status === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = status.text;
    this.item.tooltip = status.blocked ? withPause(status.tooltip) : status.tooltip;
    this.item.backgroundColor = status.blocked
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }
}

/** A tooltip from which the program can be stopped in what blocks it. */
function withPause(text: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: [commandIds.pauseThere] };
  tooltip.appendText(text);
  const title = vscode.l10n.t('Pause There');
  return tooltip.appendMarkdown(`\n\n[$(debug-pause) ${title}](command:${commandIds.pauseThere})`);
}
