import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from './base/disposable.js';
import { useTranslations } from './base/texts.js';
import { autoAttachLoader } from './session/autoAttachLoader.js';
import { requireOption } from './session/injection.js';
import { systemClock } from './session/systemClock.js';
import { type AsyncDebuggerApi, createApi } from './ui/api.js';
import { AutoAttach } from './ui/sessions/autoAttach.js';
import { AsyncStackHint } from './ui/sessions/asyncStackHint.js';
import { BlockedLines } from './ui/warnings/blockedLine.js';
import { BlockNotices } from './ui/warnings/blockNotices.js';
import { BlockProfiles } from './ui/warnings/blockProfiles.js';
import { BreakOnBlocking } from './ui/warnings/breakOnBlocking.js';
import { captureUs } from './ui/sessions/captureTime.js';
import { registerCommands, report as reportFailure } from './ui/commands.js';
import { ContextKeys } from './ui/workbench/contextKeys.js';
import { DebugConfigurations } from './ui/sessions/debugConfiguration.js';
import { DebugSessions } from './ui/sessions/debugSessions.js';
import { DebugTerminals } from './ui/sessions/debugTerminals.js';
import { revealOnce } from './ui/tasks/firstReveal.js';
import { LiveSnapshot } from './ui/sessions/liveSnapshot.js';
import { OutputLog } from './ui/workbench/log.js';
import { breakThere } from './ui/warnings/pauseThere.js';
import { Problems } from './ui/warnings/problems.js';
import { QuickFixes } from './ui/warnings/quickFixes.js';
import { SessionFiles } from './ui/sessions/sessionFiles.js';
import { Settings } from './ui/settings/settings.js';
import { ShownSnapshots } from './ui/sessions/shownSnapshots.js';
import { StatusBar } from './ui/statusBar.js';
import { TaskFilter } from './ui/tasks/taskFilter.js';
import { TaskTree } from './ui/tasks/taskTree.js';
import { XrayResults } from './ui/sessions/xrayResults.js';
import { RecordedPrograms } from './ui/timeline/recordedPrograms.js';
import { RecordingEditor } from './ui/timeline/recordingEditor.js';
import { TimelineView } from './ui/timeline/timelineView.js';
import { WarningTree } from './ui/warnings/warningTree.js';
import { ViewPlace } from './ui/start/viewPlace.js';
import { registerTools } from './ui/tools/languageModelTools.js';
import { offerMcpServer } from './ui/tools/mcpServer.js';
import { DebuggedPrograms } from './ui/tools/toolSource.js';
import { workspaceFolders } from './ui/workbench/workspaceFolders.js';

/** Puts the parts together; VS Code calls it when the first Node debug session is about to start. */
export function activate(context: vscode.ExtensionContext): AsyncDebuggerApi {
  useTranslations(vscode.l10n.bundle);
  const parts = new DisposableStore();
  context.subscriptions.push(parts);
  const own = <T extends Disposable>(part: T): T => parts.add(part);
  const agentUri = vscode.Uri.joinPath(context.extensionUri, 'dist', 'agent.js');
  const version = String((context.extension.packageJSON as { version?: unknown }).version);
  const log = own(new OutputLog());
  const contextKeys = new ContextKeys();
  const settings = own(new Settings(log));
  own(new DebugConfigurations(settings, agentUri.fsPath, log));
  own(new DebugTerminals(settings, agentUri.fsPath, log));
  own(
    new AutoAttach(
      context.environmentVariableCollection,
      context.globalStorageUri,
      agentUri.fsPath,
      settings,
      log,
    ),
  );
  const loaders = [agentUri.fsPath, autoAttachLoader(context.globalStorageUri.fsPath)].map(requireOption);
  const sessions = own(new DebugSessions({ version, uri: agentUri, loaders }, settings, systemClock, log));
  const shown = own(new ShownSnapshots(sessions, settings, workspaceFolders, log));
  const xrays = own(new XrayResults(shown, log));
  const live = own(new LiveSnapshot(xrays, systemClock, log));
  const filter = own(new TaskFilter(contextKeys, log));
  const files = new SessionFiles(settings, sessions);
  const { workspaceState, globalState } = context;
  const hint = new AsyncStackHint({
    areOnByDefault: (session) => sessions.hasAsyncStacksByDefault(session),
    hasBreakpoints: () => vscode.debug.breakpoints.some(({ enabled }) => enabled),
    run: (session) => sessions.run(session),
    captureUs,
    workspaceState,
    globalState,
  });
  const tasks = own(new TaskTree({ live, settings, filter, files, contextKeys, hint }, systemClock));
  const breaking = own(
    new BreakOnBlocking(
      { live, settings, contextKeys, pause: (session) => breakThere(session, sessions, systemClock) },
      log,
    ),
  );
  own(new WarningTree({ live, settings, breaking, contextKeys }, systemClock));
  own(new Problems(live));
  own(new QuickFixes(live));
  own(new BlockedLines(live));
  own(new StatusBar(live, settings, files, hint));
  own(revealOnce(context.globalState, live));
  own(new BlockNotices(sessions, shown, settings));
  const programs = own(new RecordedPrograms(sessions, systemClock, log));
  const { extensionUri } = context;
  const report = (error: unknown): void => reportFailure(error, 'The timeline', log);
  const timeline = own(
    new TimelineView({
      extensionUri,
      programs,
      clock: systemClock,
      select: (session, task) => tasks.show({ session, task }, false),
      report,
    }),
  );
  own(new RecordingEditor(extensionUri, report));
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'profiles');
  const profiles = new BlockProfiles(sessions, folder, systemClock, log);
  own(
    registerCommands({
      sessions,
      live,
      tasks,
      filter,
      settings,
      breaking,
      profiles,
      xrays,
      hint,
      places: { extension: context.extensionUri, storage: context.globalStorageUri },
      views: new ViewPlace(contextKeys, globalState),
      timeline,
      recording: { programs, sessions, clock: systemClock, version, extensionUri },
      clock: systemClock,
      log,
    }),
  );
  own(registerTools(new DebuggedPrograms(sessions, systemClock)));
  own(offerMcpServer(vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath, version));
  return createApi(sessions, parts);
}
