import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from './base/disposable.js';
import { systemClock } from './session/systemClock.js';
import { type AsyncDebuggerApi, createApi } from './ui/api.js';
import { BlockedLines } from './ui/blockedLine.js';
import { registerCommands } from './ui/commands.js';
import { ContextKeys } from './ui/contextKeys.js';
import { DebugConfigurations } from './ui/debugConfiguration.js';
import { DebugSessions } from './ui/debugSessions.js';
import { revealOnce } from './ui/firstReveal.js';
import { LiveSnapshot } from './ui/liveSnapshot.js';
import { OutputLog } from './ui/log.js';
import { Problems } from './ui/problems.js';
import { Settings } from './ui/settings.js';
import { StatusBar } from './ui/statusBar.js';
import { TaskFilter } from './ui/taskFilter.js';
import { TaskTree } from './ui/taskTree.js';
import { WarningTree } from './ui/warningTree.js';

/** Puts the parts together; VS Code calls it when the first Node debug session is about to start. */
export function activate(context: vscode.ExtensionContext): AsyncDebuggerApi {
  const parts = new DisposableStore();
  context.subscriptions.push(parts);
  const own = <T extends Disposable>(part: T): T => parts.add(part);
  const agentUri = vscode.Uri.joinPath(context.extensionUri, 'dist', 'agent.js');
  const version = String((context.extension.packageJSON as { version?: unknown }).version);
  const log = own(new OutputLog());
  const contextKeys = new ContextKeys();
  const settings = own(new Settings(log));
  own(new DebugConfigurations(settings, agentUri.fsPath, log));
  const sessions = own(new DebugSessions({ version, uri: agentUri }, settings, systemClock, log));
  const live = own(new LiveSnapshot(sessions, systemClock, log));
  const filter = own(new TaskFilter(contextKeys, log));
  const tasks = own(new TaskTree(live, settings, filter, contextKeys, systemClock));
  own(new WarningTree(live, contextKeys, systemClock));
  own(new Problems(live));
  own(new BlockedLines(live));
  own(new StatusBar(live));
  own(revealOnce(context.globalState, live));
  own(registerCommands({ sessions, live, tasks, filter, settings, log }));
  return createApi(sessions, parts);
}
