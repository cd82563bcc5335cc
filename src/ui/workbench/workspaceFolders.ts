import * as vscode from 'vscode';

/** Paths of the folders of the workspace. */
export function workspaceFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}
