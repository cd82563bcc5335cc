import * as vscode from 'vscode';

/** What the manifest's `when` clauses ask for. */
export interface ContextValues {
  /** There are processes to show. */
  'asyncDebugger.active': boolean;
  'asyncDebugger.hasWarnings': boolean;
  'asyncDebugger.filtered': boolean;
  /** A program is blocked now. */
  'asyncDebugger.blocked': boolean;
  'asyncDebugger.breaksOnBlocking': boolean;
  /** Both views were moved out of Run and Debug. */
  'asyncDebugger.inOwnSideBar': boolean;
  /** The tasks view shows one task alone. */
  'asyncDebugger.following': boolean;
}

/** Writes a context key only when it changes: each write re-evaluates every menu. */
export class ContextKeys {
  private readonly written = new Map<string, unknown>();

  set<K extends keyof ContextValues>(key: K, value: ContextValues[K]): void {
    if (this.written.get(key) === value) return;
    this.written.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
