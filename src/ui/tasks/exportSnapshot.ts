import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Logger } from '../../base/logger.js';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';
import { plainJson } from '../../model/plainJson.js';
import type { Snapshot } from '../../protocol/snapshot.js';

/**
 * Writes the snapshot to a file, which is asked for where none is given. One that is there is replaced whole or
 * not at all. Throws a `UserError` when it cannot be written.
 */
export async function exportSnapshot(
  snapshot: Snapshot,
  file: vscode.Uri | undefined,
  logger: Logger,
): Promise<void> {
  const target = file ?? (await askForFile(snapshot));
  if (target === undefined) return;
  await writeWhole(target, `${plainJson(snapshot, 2)}\n`, logger);
  const open = t('Open');
  const text = t('The snapshot was written to {0}.', vscode.workspace.asRelativePath(target));
  void vscode.window.showInformationMessage(text, open).then((answer) => {
    if (answer === open) void vscode.window.showTextDocument(target);
  });
}

function askForFile(snapshot: Snapshot): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title: t('Export Async Snapshot'),
    defaultUri: defaultUri(snapshot),
    filters: { JSON: ['json'] },
  });
}

/** Writes beside the target and renames, so that a full disk leaves nothing half-written behind. */
async function writeWhole(target: vscode.Uri, text: string, logger: Logger): Promise<void> {
  const part = target.with({ path: `${target.path}.part` });
  try {
    const bytes = new TextEncoder().encode(text);
    await vscode.workspace.fs.writeFile(part, bytes);
    // VS Code has been seen to report success when the disk was full after a part of the file.
    const { size } = await vscode.workspace.fs.stat(part);
    if (size !== bytes.length) throw new Error(t('there is not enough space left'));
    await vscode.workspace.fs.rename(part, target, { overwrite: true });
  } catch (error) {
    logger.error(`Writing ${target.toString()} failed.`, error);
    await removeIfThere(part);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      t('The snapshot was not saved: {0} Choose another place and export again.', asSentence(reason)),
    );
  }
}

async function removeIfThere(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch {
    // It was never made; the failure that counts is the one of the write.
  }
}

function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

function defaultUri(snapshot: Snapshot): vscode.Uri {
  const time = snapshot.takenAt.slice(0, 19).replace(/[:T]/g, '-');
  const name = `async-snapshot-${time}.json`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.Uri.joinPath(folder ?? vscode.Uri.file(homedir()), name);
}
