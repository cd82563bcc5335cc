import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.js';
import { t } from '../base/texts.js';
import { statusText, timesText } from '../model/presenter/index.js';
import type { AsyncStackHint } from './sessions/asyncStackHint.js';
import { withAsyncStackHint } from './sessions/asyncStackTooltip.js';
import { commandIds } from './workbench/commandIds.js';
import { type LiveSnapshot, TASKS_AT_ONCE } from './sessions/liveSnapshot.js';
import type { SessionFiles } from './sessions/sessionFiles.js';
import type { Settings } from './settings/settings.js';
import { focusTasks } from './workbench/viewIds.js';

/** Tasks and the longest turn of what is being debugged; hidden while nothing is. */
export class StatusBar implements Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'asyncDebugger.status',
    vscode.StatusBarAlignment.Left,
    1,
  );
  private readonly subscriptions: Disposable[];
  private shown = '';

  constructor(
    private readonly live: LiveSnapshot,
    private readonly settings: Settings,
    private readonly files: SessionFiles,
    private readonly hint: AsyncStackHint,
  ) {
    this.item.name = t('Async Debugger');
    this.item.command = focusTasks;
    this.subscriptions = [live, settings].map((one) => one.onDidChange(() => this.update()));
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const status = statusText(this.live.live, {
      internals: this.settings.value['tasks.showInternals'],
      hidden: this.files.hiddenIn,
      most: TASKS_AT_ONCE,
    });
    const times = this.asyncStackTimes();
    const key = JSON.stringify([status ?? null, times && timesText(times)]);
    if (key === this.shown) return;
    this.shown = key;
    if (status === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = status.text;
    if (status.blocked) this.item.tooltip = withPause(status.tooltip);
    else this.item.tooltip = times === undefined ? status.tooltip : withAsyncStackHint(status.tooltip, times);
    this.item.backgroundColor = status.blocked
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }

  /** Of the program that async stacks slow most. */
  private asyncStackTimes(): number | undefined {
    const all = this.live.live.processes.flatMap((process) => this.hint.times(process) ?? []);
    return all.length === 0 ? undefined : Math.max(...all);
  }
}

/** A tooltip from which the program can be stopped in what blocks it. */
function withPause(text: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: [commandIds.pauseThere] };
  tooltip.appendText(text);
  const title = t('Pause There');
  return tooltip.appendMarkdown(`\n\n[$(debug-pause) ${title}](command:${commandIds.pauseThere})`);
}
