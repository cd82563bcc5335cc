import * as vscode from 'vscode';
import type { Site } from '../../protocol/snapshot.js';
import { workspaceFile } from './workspaceFolders.js';

const ABSOLUTE = /^(?:\/|\\\\|[A-Za-z]:[\\/])/;

/** The file of a site; `undefined` where it has none on disk, as `node:internal/timers`. */
export function siteUri(site: Site): vscode.Uri | undefined {
  if (ABSOLUTE.test(site.file)) return vscode.Uri.file(workspaceFile(site.file));
  return site.file.startsWith('file:') ? vscode.Uri.parse(site.file) : undefined;
}

export function sitePosition(site: Site): vscode.Position {
  return new vscode.Position(Math.max(0, site.line - 1), Math.max(0, site.column - 1));
}

/** The text of the site's line without the blanks around it; from the column on where the file is not open. */
export function siteRange(site: Site, uri: vscode.Uri): vscode.Range {
  const position = sitePosition(site);
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document === undefined || position.line >= document.lineCount) {
    return new vscode.Range(position, position.translate(0, 1_000));
  }
  const line = document.lineAt(position.line);
  const start = line.firstNonWhitespaceCharacterIndex;
  return new vscode.Range(position.line, start, position.line, Math.max(start, line.text.trimEnd().length));
}
