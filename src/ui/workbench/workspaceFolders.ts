import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import { throughLinks, type LinkedFolder } from './linkedFolders.js';

/** Paths of the folders of the workspace, and where they really are: programs tell their files by that. */
export function workspaceFolders(): string[] {
  return linkedFolders().flatMap(({ path, real }) => (path === real ? [path] : [path, real]));
}

/** The path under which VS Code knows a file that a program tells by its real one. */
export function workspaceFile(file: string): string {
  return throughLinks(file, linkedFolders());
}

function linkedFolders(): LinkedFolder[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file' || uri.scheme === 'vscode-remote')
    .map(({ uri }) => linked(uri.fsPath));
}

/** Asked once for each folder: a link that is changed meanwhile is of no concern. */
function linked(path: string): LinkedFolder {
  let folder = known.get(path);
  if (!folder) known.set(path, (folder = { path, real: realPath(path) }));
  return folder;
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path; // it is not there, or not to be seen
  }
}

const known = new Map<string, LinkedFolder>();
