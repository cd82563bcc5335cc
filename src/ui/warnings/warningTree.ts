import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import { durationText, isUnanswered, type Row, warningRows } from '../../model/presenter/index.js';
import { isTimed, type ProcessSnapshot, type Warning } from '../../protocol/snapshot.js';
import type { BreakOnBlocking } from './breakOnBlocking.js';
import type { ContextKeys } from '../workbench/contextKeys.js';
import type { LiveSnapshot } from '../sessions/liveSnapshot.js';
import { RowTree } from '../tasks/rowTree.js';
import type { Settings } from '../settings/settings.js';
import { viewIds } from '../workbench/viewIds.js';

/** What the view is drawn from. */
export interface WarningTreeSources {
  live: LiveSnapshot;
  settings: Settings;
  breaking: BreakOnBlocking;
  contextKeys: ContextKeys;
}

/** The view "Async Warnings"; its badge counts the places. */
export class WarningTree implements Disposable {
  private readonly store = new DisposableStore();
  private readonly tree: RowTree;
  private readonly view: vscode.TreeView<Row>;
  private shown = '';
  /** When it was drawn last. */
  private known = new Set<string>();
  private count = 0;

  constructor(
    private readonly from: WarningTreeSources,
    clock: Clock,
  ) {
    const { live, settings, breaking } = from;
    this.tree = this.store.add(new RowTree(() => warningRows(live.all, live.ignored), clock));
    this.view = this.store.add(
      vscode.window.createTreeView(viewIds.warnings, { treeDataProvider: this.tree }),
    );
    this.store.add(live.onDidChange(() => this.update()));
    this.store.add(this.view.onDidChangeVisibility(() => this.update()));
    this.store.add(settings.onDidChange(() => this.describe()));
    this.store.add(breaking.onDidChange(() => this.describe()));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { live, contextKeys } = this.from;
    const { processes } = live.all;
    const warnings = processes.flatMap((process) => process.warnings);
    contextKeys.set('asyncDebugger.hasWarnings', warnings.length > 0);
    contextKeys.set(
      'asyncDebugger.blocked',
      live.live.processes.some(({ state }) => state === 'blocked'),
    );
    this.showBadge(placeCount(processes));
    if (!this.view.visible) return;
    const unanswered = processes.filter(isUnanswered);
    const durations = unanswered.map(({ session, blocked }) => [session, blocked?.durationMs]);
    const aside = processes.map(({ startUp, foreignBlocks }) => [startUp, foreignBlocks]);
    const seen = JSON.stringify([warnings, durations, live.ignored, aside]);
    if (seen === this.shown) return;
    this.shown = seen;
    const known = new Set([...warnings.flatMap(statesOf), ...unanswered.map(({ session }) => session)]);
    const count = warnings.length + unanswered.length;
    const isNews = count < this.count || [...known].some((state) => !this.known.has(state));
    this.known = known;
    this.count = count;
    this.tree.refresh(isNews);
  }

  private describe(): void {
    const { settings, breaking } = this.from;
    const after = durationText(settings.value['blocking.breakAfterMs']);
    this.view.description = breaking.isOn ? t('breaks after {0}', after) : '';
  }

  private showBadge(value: number): void {
    if ((this.view.badge?.value ?? 0) === value) return;
    this.view.badge =
      value === 0
        ? undefined
        : {
            value,
            tooltip:
              value === 1 ? t('1 place held up the program') : t('{0} places held up the program', value),
          };
  }
}

/** What is news when it is there for the first time: that something begins, but not that it has ended. */
function statesOf(warning: Warning): string[] {
  const { id, count } = warning;
  return isTimed(warning) && warning.ongoing ? [id, `${id} ${count} goes on`] : [id];
}

/** The same place in several processes counts once. */
function placeCount(processes: readonly ProcessSnapshot[]): number {
  const places = processes.flatMap(({ warnings, session }) =>
    warnings.map(({ site, id }) => (site ? `${site.file}:${site.line}` : `${session} ${id}`)),
  );
  return new Set(places).size;
}
