import * as vscode from 'vscode';
import type { Clock } from '../base/clock.js';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { UserError } from '../base/userError.js';
import { t } from '../base/texts.js';
import { noticeText, type Row } from '../model/presenter/index.js';
import { isFinding, type Site, type Snapshot } from '../protocol/snapshot.js';
import type { AsyncStackHint } from './sessions/asyncStackHint.js';
import { type CommandId, commandIds } from './workbench/commandIds.js';
import type { DebugSessions } from './sessions/debugSessions.js';
import type { BlockProfiles } from './warnings/blockProfiles.js';
import type { BreakOnBlocking } from './warnings/breakOnBlocking.js';
import { taskOfCallStack } from './tasks/callStack.js';
import { type CallStackItem, currentTask, isCallStackItem } from './tasks/currentTask.js';
import { copyReport } from './warnings/copyReport.js';
import { endTask } from './tasks/endTask.js';
import { exportSnapshot } from './tasks/exportSnapshot.js';
import { askForFilter } from './tasks/filterBox.js';
import { chooseGrouping } from './tasks/groupBy.js';
import { ignoreFinding, ignoreHere } from './warnings/ignoreHere.js';
import {
  compareRecordings,
  exportTrace,
  type RecordingTargets,
  saveRecording,
} from './timeline/recordingCommands.js';
import type { TimelineView } from './timeline/timelineView.js';
import type { LiveSnapshot } from './sessions/liveSnapshot.js';
import type { OutputLog } from './workbench/log.js';
import { openSite } from './workbench/openSite.js';
import { longestBlocked, pauseThere } from './warnings/pauseThere.js';
import type { Settings } from './settings/settings.js';
import { settingsSection } from './settings/settingsTable.js';
import { type SamplePlaces, tryOut } from './start/sampleProgram.js';
import type { ViewPlace } from './start/viewPlace.js';
import type { TaskFilter } from './tasks/taskFilter.js';
import type { TaskTree } from './tasks/taskTree.js';
import { whatIsStuck, xrayProcess } from './tasks/xrayProcess.js';
import type { XrayResults } from './sessions/xrayResults.js';
import { findWarning, type WarningReference } from './warnings/warningReference.js';
import { focusWarnings } from './workbench/viewIds.js';

/** As VS Code names it: that of this extension. */
const WALKTHROUGH = 'node-async-debugger.node-async-debugger#start';

/** What the commands work on. */
export interface CommandTargets {
  sessions: DebugSessions;
  live: LiveSnapshot;
  tasks: TaskTree;
  filter: TaskFilter;
  settings: Settings;
  breaking: BreakOnBlocking;
  profiles: BlockProfiles;
  xrays: XrayResults;
  hint: AsyncStackHint;
  places: SamplePlaces;
  views: ViewPlace;
  timeline: TimelineView;
  recording: RecordingTargets;
  clock: Clock;
  log: OutputLog;
}

/** The row that was clicked; that of VS Code's call stack; a file to export to; nothing from the palette. */
type Argument = Row | CallStackItem | vscode.Uri;

/** Each gets what it was called with. */
type CommandMap = { readonly [K in CommandId]: (argument?: Argument) => unknown };

/** Registers every command; what one of them throws is shown to the user in words. */
export function registerCommands(targets: CommandTargets): Disposable {
  const store = new DisposableStore();
  for (const [id, run] of Object.entries(commandMap(targets))) {
    store.add(
      vscode.commands.registerCommand(id, async (argument?: Argument) => {
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

function commandMap(targets: CommandTargets): CommandMap {
  const {
    sessions,
    live,
    tasks,
    filter,
    settings,
    breaking,
    profiles,
    hint,
    places,
    views,
    timeline,
    recording,
    clock,
    log,
  } = targets;
  const end = async (argument?: Argument): Promise<void> => {
    await endTask(taskOf(argument), sessions);
    live.takeNow();
  };
  /** Also of a program that people have only just attached to. */
  const latest = (): Snapshot => {
    live.takeNow();
    return live.live;
  };
  return {
    [commandIds.tryOut]: () => tryOut(places),
    [commandIds.openWalkthrough]: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    [commandIds.useOwnSideBar]: () => views.move('own'),
    [commandIds.useRunAndDebug]: () => views.move('debug'),
    [commandIds.goToAwaitSite]: (argument) => openSite(siteOf(argument, 'awaitSite', 'creationSite')),
    [commandIds.goToCreationSite]: (argument) => openSite(siteOf(argument, 'creationSite')),
    [commandIds.followTask]: (argument) => tasks.follow(taskOf(argument)),
    async [commandIds.showCreationChain](argument) {
      await tasks.showCreationChain(
        isCallStackItem(argument) ? await currentTask(argument, sessions, live) : taskOf(argument),
      );
    },
    [commandIds.showAllTasks]: () => tasks.showAll(),
    [commandIds.goToProcess]: (argument) => tasks.reveal(linkOf(argument)),
    async [commandIds.showTask](argument) {
      const task = await taskOfCallStack(argument, sessions);
      live.takeNow();
      await tasks.show(task);
    },
    [commandIds.clearTimer]: end,
    [commandIds.destroySocket]: end,
    [commandIds.abortRequest]: end,
    [commandIds.closeServer]: end,
    [commandIds.closeWatcher]: end,
    [commandIds.killChild]: end,
    [commandIds.terminateWorker]: end,
    [commandIds.xray]: (argument) => xrayProcess(rowOf(argument)?.session, latest(), targets),
    [commandIds.whatIsStuck]: (argument) => whatIsStuck(rowOf(argument)?.session, latest(), targets),
    [commandIds.pauseThere]: (argument) =>
      pauseThere(rowOf(argument)?.session ?? longestBlocked(live.live), sessions, clock),
    [commandIds.breakOnBlocking]() {
      breaking.isOn = true;
    },
    [commandIds.doNotBreakOnBlocking]() {
      breaking.isOn = false;
    },
    [commandIds.showProfile]: (argument) => profiles.show(warningOf(argument), live.all),
    [commandIds.ignoreHere](argument) {
      const { warning } = findWarning(warningOf(argument), live.all);
      return isFinding(warning)
        ? ignoreFinding(warning, settings)
        : ignoreHere(rowOf(argument)?.awaitSite ?? warning.site, settings);
    },
    [commandIds.copyReport]: (argument) => copyReport(warningOf(argument), live.all),
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
      vscode.window.setStatusBarMessage(t('Async tasks copied.'), 3_000);
    },
    async [commandIds.exportSnapshot](argument) {
      await sessions.refresh();
      await exportSnapshot(sessions.take().all, argument instanceof vscode.Uri ? argument : undefined, log);
    },
    async [commandIds.whyStillRunning]() {
      if (live.live.processes.length === 0)
        throw new UserError(t('No program is being debugged. Press F5 first.'));
      await sessions.refresh();
      sessions.tellWhyAlive();
      live.takeNow();
      await vscode.commands.executeCommand(focusWarnings);
    },
    [commandIds.openTimeline]: () => timeline.openEditor(),
    [commandIds.showOnTimeline](argument) {
      const { session, task } = taskOf(argument);
      return timeline.show(session, task);
    },
    [commandIds.saveRecording]: (argument) =>
      saveRecording(recording, argument instanceof vscode.Uri ? argument : undefined),
    [commandIds.exportTrace]: () => exportTrace(recording),
    [commandIds.compareRecordings]: () => compareRecordings(recording),
    [commandIds.clearWarnings]() {
      sessions.clearWarnings();
      live.takeNow();
    },
    async [commandIds.asyncStacksOnceBreakpoint]() {
      await settings.update('session.asyncStacks', 'onceBreakpoint');
      void vscode.window.showInformationMessage(
        t('From the next launch on, async stacks are recorded once a breakpoint is set.'),
      );
    },
    [commandIds.dismissAsyncStackHint]: () => hint.dismiss(),
    [commandIds.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.`),
    [commandIds.showLog]: () => log.show(),
  };
}

/** The row that was clicked. */
function rowOf(argument: Argument | undefined): Row | undefined {
  return argument instanceof vscode.Uri || isCallStackItem(argument) ? undefined : argument;
}

/** The row whose menu was used. While it draws its rows again VS Code does not know which one that is. */
function chosenRow(argument: Argument | undefined): Row {
  const row = rowOf(argument);
  if (row === undefined) throw new RowUnknown();
  return row;
}

/** Nothing has failed and nothing was done: it is enough to choose the row again. */
class RowUnknown extends Error {}

/** The first of these places that the row has. */
function siteOf(argument: Argument | undefined, ...places: ('awaitSite' | 'creationSite')[]): Site {
  const row = chosenRow(argument);
  const site = places.map((place) => row[place]).find((found) => found !== undefined);
  if (site === undefined) throw new UserError(t('Choose a row in Async Tasks that names a place.'));
  return site;
}

function taskOf(argument: Argument | undefined): { session: string; task: string } {
  const row = chosenRow(argument);
  if (row.session === undefined || row.task === undefined)
    throw new UserError(t('Choose a task in Async Tasks.'));
  return { session: row.session, task: row.task };
}

function warningOf(argument: Argument | undefined): WarningReference {
  const row = chosenRow(argument);
  if (row.session === undefined || row.warning === undefined)
    throw new UserError(t('Choose a row in Async Warnings.'));
  return { session: row.session, warning: row.warning, episode: row.episode };
}

/** The row of the process that the row's task stands for. */
function linkOf(argument: Argument | undefined): string {
  const row = chosenRow(argument);
  if (row.link === undefined)
    throw new UserError(t('Choose a row in Async Tasks that stands for a process or worker.'));
  return row.link;
}

/** Shows what failed to the user in words. */
export function report(error: unknown, command: string, log: OutputLog): void {
  if (error instanceof RowUnknown) {
    vscode.window.setStatusBarMessage(t('The row was just being drawn: choose it once more.'), 3_000);
    return;
  }
  if (error instanceof UserError) {
    void vscode.window.showErrorMessage(noticeText(error.message));
    return;
  }
  log.error(`${command} failed.`, error);
  const showLog = t('Show Log');
  const text = t('Async Debugger could not do that. The log tells why.');
  void vscode.window.showErrorMessage(text, showLog).then((answer) => {
    if (answer === showLog) log.show();
  });
}
