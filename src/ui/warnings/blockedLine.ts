import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import {
  type BlockingEpisode,
  type BlockingWarning,
  isBlocking,
  type ProcessSnapshot,
  type Site,
} from '../../protocol/snapshot.js';
import { durationText } from '../../model/numbers.js';
import { causeText, sufferedText } from '../../model/presenter/index.js';
import { type CommandId, commandIds } from '../workbench/commandIds.js';
import type { LiveSnapshot } from '../sessions/liveSnapshot.js';
import { siteRange, siteUri } from '../workbench/sitePlace.js';

/** So many blocks are told of in a hover. */
const MAX_HISTORY = 8;

/** A warning and the process that it is of. */
interface Found {
  process: ProcessSnapshot;
  warning: BlockingWarning;
}

/** What is known of one line that blocked the event loop, over all processes. */
interface BlockedLine {
  uri: vscode.Uri;
  site: Site;
  found: Found[];
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
    const seen = JSON.stringify(
      lines.map(({ uri, site, found }) => [uri.toString(), site, found.map(({ warning }) => warning)]),
    );
    if (seen === this.shown) return;
    this.shown = seen;
    this.draw(lines);
  }

  private draw(lines: readonly BlockedLine[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const own = lines.filter((line) => line.uri.toString() === editor.document.uri.toString());
      editor.setDecorations(
        this.decoration,
        own.map((line) => decorate(line, Date.parse(this.live.all.takenAt))),
      );
    }
  }

  private lines(): BlockedLine[] {
    const lines = new Map<string, BlockedLine>();
    for (const process of this.live.all.processes) {
      for (const warning of process.warnings) {
        const uri = warning.site && siteUri(warning.site);
        if (!isBlocking(warning) || warning.site === undefined || uri === undefined) continue;
        const key = `${uri.toString()}:${warning.site.line}`;
        const line = lines.get(key) ?? { uri, site: warning.site, found: [] };
        line.found.push({ process, warning });
        lines.set(key, line);
      }
    }
    return [...lines.values()];
  }
}

function decorate(line: BlockedLine, nowMs: number): vscode.DecorationOptions {
  const warnings = line.found.map(({ warning }) => warning);
  const count = sum(warnings, (warning) => warning.count);
  const maxMs = Math.max(...warnings.map((warning) => warning.maxMs));
  const ongoing = warnings.find((warning) => warning.ongoing);
  const text =
    ongoing !== undefined
      ? t('blocking for {0}', durationText(ongoing.durationMs))
      : t('blocked {0}', durationText(maxMs));
  return {
    range: siteRange(line.site, line.uri),
    hoverMessage: hover(line, { count, maxMs, totalMs: sum(warnings, (one) => one.totalMs) }, nowMs),
    renderOptions: { after: { contentText: count > 1 ? `${text} · ${count}×` : text } },
  };
}

function hover(
  { found }: BlockedLine,
  { count, maxMs, totalMs }: { count: number; maxMs: number; totalMs: number },
  nowMs: number,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = {
    enabledCommands: [commandIds.showProfile, commandIds.copyReport, commandIds.ignoreHere],
  };
  text.appendText(
    count > 1
      ? t(
          'Blocked the event loop {0} times: worst {1}, {2} in all.',
          count,
          durationText(maxMs),
          durationText(totalMs),
        )
      : t('Blocked the event loop for {0}.', durationText(maxMs)),
  );
  const [first] = found;
  if (first !== undefined) text.appendMarkdown(`\n\n${links(first)}\n`);
  for (const { episode, startedMs } of history(found, nowMs)) {
    text.appendMarkdown('\n- ');
    text.appendText(episodeText(episode, new Date(startedMs)));
  }
  return text;
}

/** The latest blocks of all processes, newest first, on the host's clock. */
function history(found: readonly Found[], nowMs: number): { episode: BlockingEpisode; startedMs: number }[] {
  return found
    .flatMap(({ process, warning }) =>
      (warning.episodes ?? []).map((episode) => ({
        episode,
        startedMs: nowMs - (process.nowMs ?? 0) + episode.startedMs,
      })),
    )
    .sort((a, b) => b.startedMs - a.startedMs)
    .slice(0, MAX_HISTORY);
}

/** `14:03:22 · 430 ms · javascript · GET /report · 12 tasks waited, up to 380 ms`. */
function episodeText({ durationMs, ongoing, cause, forTask, suffered }: BlockingEpisode, at: Date): string {
  return [
    at.toLocaleTimeString(),
    ongoing ? t('going on') : durationText(durationMs),
    causeText(cause),
    forTask?.name ?? '',
    suffered ? t('waited: {0}', sufferedText(suffered)) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function links({ process, warning }: Found): string {
  const argument = encodeURIComponent(JSON.stringify([{ session: process.session, warning: warning.id }]));
  const link = (title: string, command: CommandId): string => `[${title}](command:${command}?${argument})`;
  return [
    link(t('Show Profile'), commandIds.showProfile),
    link(t('Copy Report'), commandIds.copyReport),
    link(t('Ignore Here…'), commandIds.ignoreHere),
  ].join(' · ');
}

function sum(warnings: readonly BlockingWarning[], of: (warning: BlockingWarning) => number): number {
  return warnings.reduce((total, warning) => total + of(warning), 0);
}
