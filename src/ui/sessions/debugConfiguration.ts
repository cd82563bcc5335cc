import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import type { Logger } from '../../base/logger.js';
import { saysAsyncStacks, withAsyncStacks } from '../../session/asyncStacks.js';
import {
  envFileNodeOptions,
  type LaunchConfiguration,
  withAgent,
  withoutAgent,
} from '../../session/injection.js';
import { asksToBeLeftAlone } from './launchConfiguration.js';
import { agentEnv, type Settings } from '../settings/settings.js';

/** `node` is not among them: the JavaScript debugger has rewritten it by the time that this is asked. */
const TYPES = ['pwa-node', 'node-terminal'];

/**
 * Has the agent loaded with the programs that are launched, and async stacks recorded when the settings want them. A
 * launch is never broken: at worst it goes on as it is.
 */
export class DebugConfigurations implements vscode.DebugConfigurationProvider, Disposable {
  private readonly store = new DisposableStore();

  constructor(
    private readonly settings: Settings,
    private readonly agentPath: string,
    private readonly logger: Logger,
  ) {
    for (const type of TYPES) this.store.add(vscode.debug.registerDebugConfigurationProvider(type, this));
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    if (!this.settings.value.enabled) return configuration;
    if (configuration.type === 'node-terminal' && asksToBeLeftAlone(configuration))
      return withoutAgent(configuration);
    try {
      const files = await readFiles(envFiles(configuration));
      return withAgent(
        withAsyncStacks(
          configuration,
          this.settings.value['session.asyncStacks'],
          isWrittenByUser(folder, configuration.name),
        ),
        this.agentPath,
        envFileNodeOptions(configuration, (path) => files.get(path)),
        agentEnv(this.settings.value),
      );
    } catch (error) {
      this.logger.error(`The agent could not be added to "${configuration.name}".`, error);
      return configuration;
    }
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** The user's launch configuration of this name says which async stacks it wants, wherever it stands. */
export function isWrittenByUser(folder: vscode.WorkspaceFolder | undefined, name: string): boolean {
  const found = vscode.workspace.getConfiguration('launch', folder).inspect('configurations');
  return [found?.workspaceFolderValue, found?.workspaceValue, found?.globalValue].some((configurations) =>
    saysAsyncStacks(configurations, name),
  );
}

function envFiles({ envFile }: LaunchConfiguration): string[] {
  return envFile === undefined ? [] : [envFile].flat();
}

/** What cannot be read is left out: the JavaScript debugger says so when it needs it. */
async function readFiles(paths: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.file(path));
      texts.set(path, new TextDecoder().decode(bytes));
    } catch {
      continue;
    }
  }
  return texts;
}
