import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { type BlockingWarning, isBlocking, type Site } from '../protocol/snapshot.js';
import { durationText } from '../model/numbers.js';
import type { LiveSnapshot } from './liveSnapshot.js';
import { siteRange, siteUri } from './sitePlace.js';

/** What is known of one line that blocked the event loop, over all processes. */
interface BlockedLine {
  uri: vscode.Uri;
  site: Site;
  warnings: BlockingWarning[];
}

/** Writes behind a line that blocked the event loop how long and how often it did. */
export class BlockedLines implements Disposable {
  private readonly store = new DisposableStore();
  private readonly decoration: vscode.TextEditorDecorationType;
  private shown = '';

  constructor(private readonly live: LiveSnapshot) {
    this.decoration = this.store.add(
      vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
        overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
        overviewRulerLane: vscode.OverviewRulerLane.Right,
        after: { color: new vscode.ThemeColor('asyncDebugger.blockedLineForeground'), margin: '0 0 0 2.5em' },
      }),
    );
    this.store.add(live.onDidChange(() => this.update()));
    this.store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.draw(this.lines())));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const lines = this.lines();
    const seen = JSON.stringify(lines.map((line) => [line.uri.toString(), line.site, line.warnings]));
    if (seen === this.shown) return;
    this.shown = seen;
    this.draw(lines);
  }

  private draw(lines: readonly BlockedLine[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const own = lines.filter((line) => line.uri.toString() === editor.document.uri.toString());
      editor.setDecorations(this.decoration, own.map(decorate));
    }
  }

  private lines(): BlockedLine[] {
    const lines = new Map<string, BlockedLine>();
    for (const process of this.live.all.processes) {
      for (const warning of process.warnings) {
        const uri = warning.site && siteUri(warning.site);
        if (!isBlocking(warning) || warning.site === undefined || uri === undefined) continue;
        const key = `${uri.toString()}:${warning.site.line}`;
        const line = lines.get(key) ?? { uri, site: warning.site, warnings: [] };
        line.warnings.push(warning);
        lines.set(key, line);
      }
    }
    return [...lines.values()];
  }
}

function decorate(line: BlockedLine): vscode.DecorationOptions {
  const count = sum(line.warnings, (warning) => warning.count);
  const maxMs = Math.max(...line.warnings.map((warning) => warning.maxMs));
  const ongoing = line.warnings.find((warning) => warning.ongoing);
  const text =
    ongoing !== undefined
      ? vscode.l10n.t('blocking for {0}', durationText(ongoing.durationMs))
      : vscode.l10n.t('blocked {0}', durationText(maxMs));
  return {
    range: siteRange(line.site, line.uri),
    hoverMessage: hover(line, count, maxMs),
    renderOptions: { after: { contentText: count > 1 ? `${text} · ${count}×` : text } },
  };
}

function hover(line: BlockedLine, count: number, maxMs: number): vscode.MarkdownString {
  const totalMs = sum(line.warnings, (warning) => warning.totalMs);
  return new vscode.MarkdownString().appendText(
    count > 1
      ? vscode.l10n.t(
          'Blocked the event loop {0} times: worst {1}, {2} in all.',
          count,
          durationText(maxMs),
          durationText(totalMs),
        )
      : vscode.l10n.t('Blocked the event loop for {0}.', durationText(maxMs)),
  );
}

function sum(warnings: readonly BlockingWarning[], of: (warning: BlockingWarning) => number): number {
  return warnings.reduce((total, warning) => total + of(warning), 0);
}
