import * as vscode from 'vscode';
import type { ContextKeys } from '../workbench/contextKeys.js';
import { focusTasks, viewIds } from '../workbench/viewIds.js';

/** Containers that the manifest and VS Code have for the two views. */
const CONTAINERS = { own: 'workbench.view.extension.asyncDebugger', debug: 'workbench.view.debug' } as const;

/** Remembers what was chosen. People may also drag the views: then the menu offers what they have done by hand. */
const CHOSEN = 'asyncDebugger.viewPlace';

/** Where the two views are: in Run and Debug, or in a side bar of their own, where they have all of the room. */
export class ViewPlace {
  constructor(
    private readonly contextKeys: ContextKeys,
    private readonly state: vscode.Memento,
  ) {
    this.tell(state.get(CHOSEN) === 'own');
  }

  async move(to: keyof typeof CONTAINERS): Promise<void> {
    const destinationId = CONTAINERS[to];
    await vscode.commands.executeCommand('vscode.moveViews', {
      viewIds: Object.values(viewIds),
      destinationId,
    });
    await this.state.update(CHOSEN, to);
    this.tell(to === 'own');
    await vscode.commands.executeCommand(focusTasks);
  }

  private tell(isOwn: boolean): void {
    this.contextKeys.set('asyncDebugger.inOwnSideBar', isOwn);
  }
}
