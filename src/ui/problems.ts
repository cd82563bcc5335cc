import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import type { Site, Warning } from '../protocol/snapshot.js';
import type { LiveSnapshot } from './liveSnapshot.js';
import { sitePosition, siteRange, siteUri } from './sitePlace.js';

const MAX_RELATED = 10;

/** Warnings as entries of the Problems panel, as long as they exist. */
export class Problems implements Disposable {
  private readonly store = new DisposableStore();
  private readonly collection: vscode.DiagnosticCollection;
  private shown = '';

  constructor(private readonly live: LiveSnapshot) {
    this.collection = this.store.add(vscode.languages.createDiagnosticCollection('asyncDebugger'));
    this.store.add(live.onDidChange(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const warnings = this.live.all.processes.flatMap((process) => process.warnings);
    const seen = JSON.stringify(warnings.map(({ id, message, site, stack }) => [id, message, site, stack]));
    if (seen === this.shown) return;
    this.shown = seen;
    const byFile = new Map<string, { uri: vscode.Uri; diagnostics: vscode.Diagnostic[] }>();
    for (const warning of warnings) {
      const uri = warning.site && siteUri(warning.site);
      if (warning.site === undefined || uri === undefined) continue;
      const entry = byFile.get(uri.toString()) ?? { uri, diagnostics: [] };
      entry.diagnostics.push(diagnostic(warning, warning.site, uri));
      byFile.set(uri.toString(), entry);
    }
    this.collection.clear();
    for (const { uri, diagnostics } of byFile.values()) this.collection.set(uri, diagnostics);
  }
}

function diagnostic(warning: Warning, site: Site, uri: vscode.Uri): vscode.Diagnostic {
  const made = new vscode.Diagnostic(
    siteRange(site, uri),
    warning.message,
    vscode.DiagnosticSeverity.Warning,
  );
  made.source = vscode.l10n.t('Async Debugger');
  made.code = warning.kind;
  made.relatedInformation = (warning.stack ?? []).slice(0, MAX_RELATED).flatMap((frame) => {
    const frameUri = siteUri(frame);
    if (frameUri === undefined) return [];
    const name = frame.function ?? vscode.l10n.t('(anonymous)');
    return [
      new vscode.DiagnosticRelatedInformation(new vscode.Location(frameUri, sitePosition(frame)), name),
    ];
  });
  return made;
}
