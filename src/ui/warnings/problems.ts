import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { t } from '../../base/texts.js';
import { type Evidence, type Finding, isFinding, type Site, type Warning } from '../../protocol/snapshot.js';
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
        found.map(({ warning, site }) => [warning.id, warning.message, site, relatedTo(warning)]),
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
  const made = new vscode.Diagnostic(siteRange(site, uri), textOf(warning), severityOf(warning));
  made.source = t('Async Debugger');
  made.code = warning.kind;
  made.relatedInformation = relatedTo(warning)
    .slice(0, MAX_RELATED)
    .flatMap(({ text, site: place }) => {
      const placeUri = place && siteUri(place);
      if (place === undefined || placeUri === undefined) return [];
      return [
        new vscode.DiagnosticRelatedInformation(new vscode.Location(placeUri, sitePosition(place)), text),
      ];
    });
  return made;
}

function textOf(warning: Warning): string {
  return isFinding(warning) ? `${warning.message}. ${warning.advice}` : warning.message;
}

function severityOf(warning: Warning): vscode.DiagnosticSeverity {
  return isFinding(warning) ? SEVERITIES[warning.severity] : vscode.DiagnosticSeverity.Warning;
}

const SEVERITIES: Record<Finding['severity'], vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What it was concluded from; of a block the stack. */
function relatedTo(warning: Warning): Evidence[] {
  if (isFinding(warning)) return warning.evidence;
  return (warning.stack ?? []).map((site) => ({ text: site.function ?? t('(anonymous)'), site }));
}
