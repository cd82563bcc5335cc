import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import type { FromPage } from '../../recording/timelineMessages.js';
import { openSite } from '../workbench/openSite.js';
import { focusTimeline, viewIds } from '../workbench/viewIds.js';
import { LivePage } from './livePage.js';
import type { RecordedPrograms } from './recordedPrograms.js';
import { post, setUpPage } from './timelinePage.js';

/** What the pages need of the rest. */
export interface TimelineTargets {
  extensionUri: vscode.Uri;
  programs: RecordedPrograms;
  clock: Clock;
  /** Selects a task in the tree, if it is there. */
  select: (session: string, task: string) => Promise<void>;
  report: (error: unknown) => void;
}

/** The timeline of the programs that are debugged: in the panel, and in an editor. */
export class TimelineView implements vscode.WebviewViewProvider, Disposable {
  private readonly store = new DisposableStore();
  private view: vscode.WebviewView | undefined;
  private wanted: { session: string; id: number } | undefined;

  constructor(private readonly targets: TimelineTargets) {
    this.store.add(vscode.window.registerWebviewViewProvider(viewIds.timeline, this));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const { programs, clock } = this.targets;
    let page: LivePage | undefined;
    const begin = (): void => {
      page?.dispose();
      page = view.visible ? new LivePage(view.webview, programs, clock) : undefined;
      if (page && this.wanted) void post(view.webview, { type: 'show', ...this.wanted });
      if (page) this.wanted = undefined;
    };
    const subscriptions = [
      setUpPage(view.webview, this.targets.extensionUri, (message) =>
        message.type === 'ready' ? begin() : this.act(message),
      ),
      view.onDidChangeVisibility(() => {
        // what is not seen is not asked for; VS Code makes the page anew when it is seen again
        if (!view.visible) begin();
      }),
    ];
    view.onDidDispose(() => {
      page?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
      this.view = undefined;
    });
  }

  openEditor(): void {
    const { programs, clock, extensionUri } = this.targets;
    const panel = vscode.window.createWebviewPanel(
      viewIds.timeline,
      t('Async Timeline'),
      vscode.ViewColumn.Active,
      { retainContextWhenHidden: true },
    );
    let page: LivePage | undefined;
    const subscription = setUpPage(panel.webview, extensionUri, (message) => {
      if (message.type !== 'ready') this.act(message);
      else page = new LivePage(panel.webview, programs, clock);
    });
    panel.onDidDispose(() => {
      page?.dispose();
      subscription.dispose();
    });
  }

  /** Shows the lane of a task. */
  async show(session: string, task: string): Promise<void> {
    const id = Number(task.slice(task.lastIndexOf(':') + 1));
    this.wanted = { session, id };
    await vscode.commands.executeCommand(focusTimeline);
    if (this.view?.visible) void post(this.view.webview, { type: 'show', session, id });
  }

  dispose(): void {
    this.store.dispose();
  }

  private act(message: FromPage): void {
    const { programs, clock, select, report } = this.targets;
    if (message.type === 'select') {
      void select(message.session, `${message.session}:${message.id}`).catch(() => undefined);
    } else if (message.type === 'open') {
      const program = programs.all.find(({ id }) => id === message.session);
      const site = program?.recording(clock.nowMs())?.places[message.place];
      if (site !== undefined) openSite(site).catch(report);
    }
  }
}
