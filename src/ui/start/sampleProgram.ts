import * as vscode from 'vscode';
import { UserError } from '../../base/userError.js';
import { t } from '../../base/texts.js';

/** Where the sample program is, and where a copy of it may be kept that people can change. */
export interface SamplePlaces {
  readonly extension: vscode.Uri;
  readonly storage: vscode.Uri;
}

/**
 * Opens a copy of the sample program and debugs it. The copy stays, with what people have changed in it. Throws a
 * `UserError` where it does not start.
 */
export async function tryOut({ extension, storage }: SamplePlaces): Promise<void> {
  const source = vscode.Uri.joinPath(extension, 'media', 'sample', NAME);
  const copy = vscode.Uri.joinPath(storage, 'sample', NAME);
  if (!(await exists(copy))) await vscode.workspace.fs.copy(source, copy);
  await vscode.window.showTextDocument(copy, { preview: false });
  const started = await vscode.debug.startDebugging(undefined, {
    type: 'node',
    request: 'launch',
    name: t('Sample Kitchen'),
    program: copy.fsPath,
    console: 'internalConsole',
    internalConsoleOptions: 'neverOpen',
  });
  if (!started)
    throw new UserError(t('The sample program did not start. Is Node.js installed, and on the PATH?'));
  await vscode.commands.executeCommand('asyncDebugger.tasks.focus');
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

const NAME = 'kitchen.js';
