import * as vscode from 'vscode';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import type { Site } from '../../protocol/snapshot.js';
import { sitePosition, siteUri } from './sitePlace.js';

/** Shows a place in the editor. Throws a `UserError` where there is nothing to open. */
export async function openSite(site: Site): Promise<void> {
  const uri = siteUri(site);
  if (uri === undefined) {
    throw new UserError(t('{0} has no file to open: it is not on disk.', site.file));
  }
  if (!(await exists(uri))) {
    throw new UserError(
      t('{0} does not exist on this machine. Is the source map of the program up to date?', site.file),
    );
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const position = document.validatePosition(sitePosition(site));
  const editor = await vscode.window.showTextDocument(document, {
    preview: true,
    selection: new vscode.Range(position, position),
  });
  editor.revealRange(
    new vscode.Range(position, position),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // Whatever the reason is, the file cannot be shown.
    return false;
  }
}
