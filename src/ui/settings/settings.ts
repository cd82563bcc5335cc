import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.js';
import { Emitter } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import { t } from '../../base/texts.js';
import { type AgentSettings, SYNC_CALLS_VARIABLE } from '../../protocol/wire.js';
import { commandIds } from '../workbench/commandIds.js';
import {
  readSettings,
  settingsSection,
  settingsTable,
  type SettingName,
  type SettingProblem,
  type SettingValues,
} from './settingsTable.js';

/** The settings as they are now. A wrong value is reported once and replaced by its default. */
export class Settings implements Disposable {
  private readonly changed: Emitter<SettingValues>;
  private readonly reported = new Set<string>();
  private readonly subscription: vscode.Disposable;
  private current: SettingValues;

  constructor(private readonly logger: Logger) {
    this.changed = new Emitter((error) => logger.error('A listener to the settings failed.', error));
    this.current = this.read();
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(settingsSection)) return;
      this.current = this.read();
      this.changed.fire(this.current);
    });
  }

  get value(): SettingValues {
    return this.current;
  }

  get onDidChange() {
    return this.changed.event;
  }

  /** Writes where the value comes from now: the workspace if it sets one, else the user's settings. */
  async update<K extends SettingName>(name: K, value: SettingValues[K]): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    if (configuration.inspect(name)?.workspaceValue !== undefined) {
      await configuration.update(name, value, vscode.ConfigurationTarget.Workspace);
    } else {
      const isDefault = value === settingsTable[name].default;
      await configuration.update(name, isDefault ? undefined : value, vscode.ConfigurationTarget.Global);
    }
  }

  /** Adds to a list of what is ignored: in the workspace, whose paths it tells, where there is one. */
  async ignore(
    pattern: string,
    list: 'blocking.ignore' | 'findings.ignore' = 'blocking.ignore',
  ): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    const patterns = [...new Set([...this.current[list], pattern])];
    const target =
      vscode.workspace.workspaceFolders === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
    await configuration.update(list satisfies SettingName, patterns, target);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private read(): SettingValues {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    const { values, problems } = readSettings((name) => configuration.get(name));
    const fresh = problems.filter((problem) => !this.reported.has(keyOf(problem)));
    for (const problem of fresh) this.reported.add(keyOf(problem));
    if (fresh.length > 0) this.report(fresh);
    return values;
  }

  private report(problems: readonly SettingProblem[]): void {
    const text = problems.map(sentence).join(' ');
    this.logger.warn(text);
    const openSettings = t('Open Settings');
    void vscode.window.showWarningMessage(text, openSettings).then((answer) => {
      if (answer === openSettings) void vscode.commands.executeCommand(commandIds.openSettings);
    });
  }
}

/** The part of the settings that the agent needs. */
export function agentSettings(values: SettingValues): AgentSettings {
  return {
    thresholdMs: values['blocking.enabled'] ? values['blocking.thresholdMs'] : 0,
    siteBudget: values['sites.budget'] / 100,
    syncCalls: values['blocking.enabled'] && values['checks.syncCalls'],
    libraries: values['tasks.libraryOperations'],
    recordingSeconds: values['recording.seconds'],
    hasDebugger: true,
  };
}

/** The part of them that an agent needs before it can be told. */
export function agentEnv(values: SettingValues): Record<string, string> {
  return agentSettings(values).syncCalls === true ? { [SYNC_CALLS_VARIABLE]: '1' } : {};
}

/** How long a task that has ended stays in view. */
export function retentionMs(values: SettingValues): number {
  return values['tasks.retentionSeconds'] * 1000;
}

function keyOf(problem: SettingProblem): string {
  return `${problem.name}=${JSON.stringify(problem.given)}`;
}

function sentence(problem: SettingProblem): string {
  const name = `${settingsSection}.${problem.name}`;
  const given = JSON.stringify(problem.given).slice(0, 60);
  switch (problem.rule.type) {
    case 'boolean':
      return t('{0} must be true or false, not {1}; its default is used.', name, given);
    case 'number':
      return t(
        '{0} must be a number from {1} to {2}, not {3}; its default is used.',
        name,
        problem.rule.min,
        problem.rule.max,
        given,
      );
    case 'choice':
      return t(
        '{0} must be one of {1}, not {2}; its default is used.',
        name,
        problem.rule.of.join(', '),
        given,
      );
    case 'texts':
      return t('{0} must be a list of texts, not {1}; its default is used.', name, given);
  }
}
