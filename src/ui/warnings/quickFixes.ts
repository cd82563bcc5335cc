import * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import { callStart } from '../../model/presenter/index.js';
import { type Finding, isFinding } from '../../protocol/snapshot.js';
import type { LiveSnapshot } from '../sessions/liveSnapshot.js';
import { commandIds } from '../workbench/commandIds.js';
import { siteUri } from '../workbench/sitePlace.js';

/** What can be done about a finding, at its line in the editor: the light bulb. */
export class QuickFixes implements vscode.CodeActionProvider, Disposable {
  private readonly registration: Disposable;

  constructor(private readonly live: LiveSnapshot) {
    const registered = vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
    this.registration = toDisposable(() => void registered.dispose());
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return this.findingsIn(document, range).flatMap(({ finding, session }) => {
      const shown = diagnostics.filter(
        ({ code, range: at }) => code === finding.kind && at.start.line === range.start.line,
      );
      const fixes = finding.kind === 'floatingPromise' ? awaitFixes(document, finding) : [];
      const ignore = new vscode.CodeAction(t('Ignore This…'), vscode.CodeActionKind.QuickFix);
      const row = { session, warning: finding.id, awaitSite: finding.site };
      ignore.command = { command: commandIds.ignoreHere, title: ignore.title, arguments: [row] };
      for (const action of [...fixes, ignore]) action.diagnostics = shown;
      return [...fixes, ignore];
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private findingsIn(
    { uri }: vscode.TextDocument,
    range: vscode.Range,
  ): { finding: Finding; session: string }[] {
    return this.live.all.processes.flatMap(({ warnings, session }) =>
      warnings.filter(isFinding).flatMap((finding) => {
        const { site } = finding;
        const isHere =
          site !== undefined &&
          site.line - 1 === range.start.line &&
          siteUri(site)?.toString() === uri.toString();
        return isHere ? [{ finding, session }] : [];
      }),
    );
  }
}

/** The call is a statement of its own in an async function: that was proven on the code that ran. */
function awaitFixes(document: vscode.TextDocument, { site }: Finding): vscode.CodeAction[] {
  if (site === undefined || site.line > document.lineCount) return [];
  const { text } = document.lineAt(site.line - 1);
  const start = callStart(text, site.column - 1);
  if (start === undefined) return [];
  return [[t('Add await'), 'await '] as const, [t('Add void: nobody is to wait'), 'void '] as const].map(
    ([title, word], position) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.insert(document.uri, new vscode.Position(site.line - 1, start), word);
      action.isPreferred = position === 0;
      return action;
    },
  );
}
