import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import type { Logger } from '../../base/logger.js';
import { OFF_VARIABLE } from '../../protocol/wire.js';
import { withRequire } from '../../session/injection.js';
import { agentEnv, type Settings } from '../settings/settings.js';

/** The JavaScript debugger; where its nightly build is installed that one is at work. */
const DEBUGGERS = ['ms-vscode.js-debug-nightly', 'ms-vscode.js-debug'];

/** What the JavaScript debugger offers other extensions, as far as it is used here. */
interface JsDebugExports {
  registerDebugTerminalOptionsProvider?(provider: {
    provideTerminalOptions(options: vscode.TerminalOptions): vscode.TerminalOptions;
  }): vscode.Disposable;
}

/**
 * Has the agent loaded with what runs in a *JavaScript Debug Terminal*: no debug configuration is asked for one, but
 * its options are. A terminal is never broken: at worst the agent comes when the debugger has attached itself.
 */
export class DebugTerminals implements Disposable {
  private readonly store = new DisposableStore();

  constructor(
    private readonly settings: Settings,
    private readonly agentPath: string,
    private readonly logger: Logger,
  ) {
    void this.register();
  }

  dispose(): void {
    this.store.dispose();
  }

  private async register(): Promise<void> {
    try {
      for (const id of DEBUGGERS) {
        const extension = vscode.extensions.getExtension<JsDebugExports | undefined>(id);
        const provider = { provideTerminalOptions: this.withAgent };
        const registered = (await extension?.activate())?.registerDebugTerminalOptionsProvider?.(provider);
        if (registered !== undefined) this.store.add(registered);
      }
    } catch (error) {
      this.logger.error('The JavaScript debugger does not tell of its terminals.', error);
    }
  }

  private readonly withAgent = (options: vscode.TerminalOptions): vscode.TerminalOptions => {
    const { enabled } = this.settings.value;
    // a launch configuration that asks to be left alone says so by the variable
    if (!enabled || options.env?.[OFF_VARIABLE] !== undefined) return options;
    const nodeOptions = withRequire(options.env?.['NODE_OPTIONS'] ?? '', this.agentPath);
    return {
      ...options,
      env: { ...options.env, ...agentEnv(this.settings.value), NODE_OPTIONS: nodeOptions },
    };
  };
}
