import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.js';
import { isNode } from './launchConfiguration.js';

interface AdapterMessage {
  readonly type?: string;
  readonly event?: string;
}

/** The sessions that the debugger holds, from their very start: a breakpoint may come before we are connected. */
export class HeldSessions implements Disposable {
  private readonly held = new Set<string>();
  private readonly registration: vscode.Disposable;

  /** `onChange`: the session is held now, or goes on. */
  constructor(onChange: (id: string) => void) {
    const set = (id: string, isHeld: boolean): void => {
      if (isHeld) this.held.add(id);
      else if (!this.held.delete(id)) return;
      onChange(id);
    };
    this.registration = vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: ({ id, type }) =>
        isNode(type)
          ? {
              onDidSendMessage({ type, event }: AdapterMessage) {
                if (type === 'event' && (event === 'stopped' || event === 'continued'))
                  set(id, event === 'stopped');
              },
              onWillStopSession: () => void this.held.delete(id),
            }
          : undefined,
    });
  }

  has(id: string): boolean {
    return this.held.has(id);
  }

  dispose(): void {
    this.registration.dispose();
  }
}
