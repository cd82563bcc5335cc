import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import type { Logger } from '../../base/logger.js';
import { t } from '../../base/texts.js';
import { writeAutoAttachLoader } from '../../session/autoAttachLoader.js';
import { requireOption } from '../../session/injection.js';
import type { Settings } from '../settings/settings.js';

const FILTER = 'debug.javascript.autoAttachFilter';

/**
 * Has the agent loaded with the programs in ordinary terminals that the JavaScript debugger attaches itself to. While
 * it does not, terminals are left as they are. What their NODE_OPTIONS require must never be missing, since no Node
 * program would start any more. So it is a file in the extension's storage, which stays when the extension is updated
 * or removed, and is there before any terminal is told of it; VS Code keeps nothing of this for its next start.
 */
export class AutoAttach implements Disposable {
  private readonly store = new DisposableStore();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly environment: vscode.EnvironmentVariableCollection,
    private readonly storage: vscode.Uri,
    private readonly agentPath: string,
    private readonly settings: Settings,
    private readonly logger: Logger,
  ) {
    environment.persistent = false;
    environment.description = t('Shows the async tasks of Node.js programs that auto attach debugs');
    this.store.add(settings.onDidChange(() => this.update()));
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(FILTER)) this.update();
      }),
    );
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  /** One after the other: the last one wins. */
  private update(): void {
    this.last = this.last.then(() => this.apply());
  }

  /** Never rejects. */
  private async apply(): Promise<void> {
    try {
      if (this.isWanted()) {
        const loader = await writeAutoAttachLoader(this.storage.fsPath, this.agentPath);
        // behind the debugger's own, which decides whether it attaches itself
        this.environment.append('NODE_OPTIONS', ` ${requireOption(loader)}`);
      } else {
        this.environment.clear();
      }
    } catch (error) {
      this.environment.clear();
      this.logger.error('Terminals do not load the agent.', error);
    }
  }

  private isWanted(): boolean {
    const filter = vscode.workspace.getConfiguration().get<string>(FILTER) ?? 'disabled';
    return this.settings.value.enabled && filter !== 'disabled';
  }
}
