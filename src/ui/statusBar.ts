import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.js';
import { statusText } from '../model/presenter/index.js';
import type { LiveSnapshot } from './liveSnapshot.js';
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

  constructor(private readonly live: LiveSnapshot) {
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
    const status = statusText(this.live.live);
    const key = JSON.stringify(status ?? null);
    if (key === this.shown) return;
    this.shown = key;
    if (status === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = status.text;
    this.item.tooltip = status.tooltip;
    this.item.backgroundColor = status.blocked
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }
}
