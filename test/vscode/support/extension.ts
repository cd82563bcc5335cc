import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AsyncDebuggerApi } from '../../../src/ui/api.js';

const NAME = 'node-async-debugger';

export const extension = found();

/** A file of the project, by its path below the project's folder. */
export function projectFile(...path: string[]): string {
  return join(extension.extensionPath, ...path);
}

/** A program for a test to debug. */
export function program(name: string): string {
  return projectFile('test', 'vscode', 'programs', name);
}

export async function api(): Promise<AsyncDebuggerApi> {
  return extension.activate();
}

function found(): vscode.Extension<AsyncDebuggerApi> {
  const own = vscode.extensions.all.find(({ id }) => id.endsWith(`.${NAME}`));
  if (own === undefined) throw new Error(`${NAME} is not installed`);
  return own as vscode.Extension<AsyncDebuggerApi>;
}
