import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import type { Site, Warning } from '../../protocol/snapshot.js';
import type { LiveSnapshot } from '../sessions/liveSnapshot.js';
import { sitePosition, siteRange, siteUri } from '../workbench/sitePlace.js';

const MAX_RELATED = 10;

/** Warnings as entries of the Problems panel, as long as they exist. */
export class Problems implements Disposable {
  private readonly store = new DisposableStore();
  private readonly collection: vscode.DiagnosticCollection;
  /** By file: what is shown. */
  private shown = new Map<string, string>();

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
    const byFile = new Map<string, { uri: vscode.Uri; found: { warning: Warning; site: Site }[] }>();
    for (const warning of warnings) {
      const { site } = warning;
      const uri = site && siteUri(site);
      if (site === undefined || uri === undefined) continue;
      const entry = byFile.get(uri.toString()) ?? { uri, found: [] };
      entry.found.push({ warning, site });
      byFile.set(uri.toString(), entry);
    }
    // Entries of other files stay as they are, with the selection in the panel.
    for (const file of this.shown.keys())
      if (!byFile.has(file)) this.collection.delete(vscode.Uri.parse(file));
    const shown = new Map<string, string>();
    for (const [file, { uri, found }] of byFile) {
      const seen = JSON.stringify(
        found.map(({ warning: { id, message, stack }, site }) => [id, message, site, stack]),
      );
      shown.set(file, seen);
      if (seen === this.shown.get(file)) continue;
      this.collection.set(
        uri,
        found.map(({ warning, site }) => diagnostic(warning, site, uri)),
      );
    }
    this.shown = shown;
  }
}

function diagnostic(warning: Warning, site: Site, uri: vscode.Uri): vscode.Diagnostic {
  const made = new vscode.Diagnostic(
    siteRange(site, uri),
    warning.message,
    vscode.DiagnosticSeverity.Warning,
  );
  made.source = t('Async Debugger');
  made.code = warning.kind;
  made.relatedInformation = (warning.stack ?? []).slice(0, MAX_RELATED).flatMap((frame) => {
    const frameUri = siteUri(frame);
    if (frameUri === undefined) return [];
    const name = frame.function ?? t('(anonymous)');
    return [
      new vscode.DiagnosticRelatedInformation(new vscode.Location(frameUri, sitePosition(frame)), name),
    ];
  });
  return made;
}
