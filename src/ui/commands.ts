import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { UserError } from '../base/userError.js';
import type { Row } from '../model/presenter/index.js';
import type { Site } from '../protocol/snapshot.js';
import { type CommandId, commandIds } from './commandIds.js';
import type { DebugSessions } from './debugSessions.js';
import { exportSnapshot } from './exportSnapshot.js';
import { chooseGrouping } from './groupBy.js';
import type { LiveSnapshot } from './liveSnapshot.js';
import type { OutputLog } from './log.js';
import { openSite } from './openSite.js';
import type { Settings } from './settings.js';
import { settingsSection } from './settingsTable.js';
import type { TaskFilter } from './taskFilter.js';
import type { TaskTree } from './taskTree.js';

/** What the commands work on. */
export interface CommandTargets {
  sessions: DebugSessions;
  live: LiveSnapshot;
  tasks: TaskTree;
  filter: TaskFilter;
  settings: Settings;
  log: OutputLog;
}

/** Each gets what it was called with: the row that was clicked; a file to export to; nothing from the palette. */
type CommandMap = { readonly [K in CommandId]: (argument?: Row | vscode.Uri) => unknown };

/** Registers every command; what one of them throws is shown to the user in words. */
export function registerCommands(targets: CommandTargets): Disposable {
  const store = new DisposableStore();
  for (const [id, run] of Object.entries(commandMap(targets))) {
    store.add(
      vscode.commands.registerCommand(id, async (argument?: Row | vscode.Uri) => {
        try {
          await run(argument);
        } catch (error) {
          report(error, id, targets.log);
        }
      }),
    );
  }
  return store;
}

function commandMap({ sessions, live, tasks, filter, settings, log }: CommandTargets): CommandMap {
  return {
    [commandIds.goToAwaitSite]: (argument) => openSite(siteOf(argument, 'awaitSite', 'creationSite')),
    [commandIds.goToCreationSite]: (argument) => openSite(siteOf(argument, 'creationSite')),
    async [commandIds.refresh]() {
      await sessions.refresh();
      live.takeNow();
      tasks.redraw();
    },
    [commandIds.groupBy]: () => chooseGrouping(settings),
    [commandIds.filterTasks]: () => askForFilter(filter),
    [commandIds.clearFilter]() {
      filter.value = '';
    },
    [commandIds.toggleInternals]: () =>
      settings.update('tasks.showInternals', !settings.value['tasks.showInternals']),
    async [commandIds.copyTree]() {
      await vscode.env.clipboard.writeText(tasks.text());
      vscode.window.setStatusBarMessage(vscode.l10n.t('Async tasks copied.'), 3_000);
    },
    async [commandIds.exportSnapshot](argument) {
      await sessions.refresh();
      await exportSnapshot(sessions.take().all, argument instanceof vscode.Uri ? argument : undefined, log);
    },
    [commandIds.clearWarnings]() {
      sessions.clearWarnings();
      live.takeNow();
    },
    [commandIds.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.`),
    [commandIds.showLog]: () => log.show(),
  };
}

/** The first of these places that the row has. */
function siteOf(argument: Row | vscode.Uri | undefined, ...places: ('awaitSite' | 'creationSite')[]): Site {
  const row = argument instanceof vscode.Uri ? undefined : argument;
  const site = places.map((place) => row?.[place]).find((found) => found !== undefined);
  if (site === undefined)
    throw new UserError(vscode.l10n.t('Choose a row in Async Tasks that names a place.'));
  return site;
}

async function askForFilter(filter: TaskFilter): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Async Tasks'),
    prompt: vscode.l10n.t('Show only rows with this text in their name, file or state. Empty: show all.'),
    value: filter.value,
  });
  if (text !== undefined) filter.value = text.trim();
}

function report(error: unknown, command: string, log: OutputLog): void {
  if (error instanceof UserError) {
    void vscode.window.showErrorMessage(error.message);
    return;
  }
  log.error(`${command} failed.`, error);
  const showLog = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t('Async Debugger could not do that. The log tells why.');
  void vscode.window.showErrorMessage(text, showLog).then((answer) => {
    if (answer === showLog) log.show();
  });
}
