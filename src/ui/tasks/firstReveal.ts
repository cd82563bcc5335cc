import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.js';
import type { LiveSnapshot } from '../sessions/liveSnapshot.js';
import { focusTasks } from '../workbench/viewIds.js';

const SHOWN = 'asyncDebugger.shown';

/** Opens the tasks view, which VS Code adds closed, when there is something in it for the first time ever. */
export function revealOnce(memory: vscode.Memento, live: LiveSnapshot): Disposable {
  if (memory.get(SHOWN) === true) return { dispose() {} };
  const subscription = live.onDidChange(() => {
    if (!live.live.processes.some(({ state }) => state === 'running')) return;
    subscription.dispose();
    void memory.update(SHOWN, true);
    void vscode.commands.executeCommand(focusTasks, { preserveFocus: true });
  });
  return subscription;
}
