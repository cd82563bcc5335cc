import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.js';
import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable.js';
import { Emitter, type Event } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import { t } from '../../base/texts.js';
import { UserError } from '../../base/userError.js';
import type { ProcessSnapshot, Site, Warning } from '../../protocol/snapshot.js';
import type { CpuProfile } from '../../model/blocking/cpuProfile.js';
import { Debuggee } from '../../model/debuggee.js';
import { connectProxy, type ProxyAddress } from '../../session/connectProxy.js';
import { bodyOf, type LaunchConfiguration, withRequire } from '../../session/injection.js';
import { inspectorUrl } from '../../session/inspectorUrl.js';
import { SourceLocations } from '../../session/sourceLocations.js';
import { isWrittenByUser } from './debugConfiguration.js';
import { DebuggedProcess } from './debuggedProcess.js';
import { DebugRuns } from './debugRuns.js';
import { HeldSessions } from './heldSessions.js';
import {
  asksToBeLeftAlone,
  isChildOfDebugger,
  isNode,
  rootsOf,
  skipFilesOf,
  unsupportedProgram,
} from './launchConfiguration.js';
import { type SnapshotSource, type Snapshots, TASKS_AT_ONCE } from './liveSnapshot.js';
import { agentSettings, retentionMs, type Settings } from '../settings/settings.js';
import { pause, withTimeLimit } from '../../base/timeLimit.js';

const POLL_MS = 100;
/** The JavaScript debugger never answers for some sessions. */
const PROXY_LIMIT_MS = 10_000;
/** It hears of a session at the same time as we do, and may not know it yet. */
const PROXY_ATTEMPTS = 20;
const PROXY_PAUSE_MS = 100;
const PROXY_COMMAND = 'extension.js-debug.requestCDPProxy';
/** A program that is stuck in a native call answers only when the call returns. */
const REFRESH_LIMIT_MS = 1_000;

/** The agent that is injected into programs that were not launched with it. */
export interface AgentFile {
  readonly version: string;
  readonly uri: vscode.Uri;
  /** Words of NODE_OPTIONS by which programs load it. */
  readonly loaders: readonly string[];
}

/** Follows the debug sessions of VS Code and connects to the Node processes in them. */
export class DebugSessions implements SnapshotSource, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed: Emitter<void>;
  private readonly news: Emitter<void>;
  private readonly warned: Emitter<Warning & { session: string }>;
  private readonly known = new Map<string, vscode.DebugSession>();
  readonly processes = new Map<string, DebuggedProcess>();
  private readonly held: HeldSessions;
  private readonly runs = new DebugRuns<DebuggedProcess>();
  private agentSource: Promise<string | undefined> | undefined;
  private enabled: boolean;

  constructor(
    private readonly agent: AgentFile,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    const onError = (error: unknown): void => logger.error('A listener to the debug sessions failed.', error);
    this.changed = this.store.add(new Emitter(onError));
    this.news = this.store.add(new Emitter(onError));
    this.warned = this.store.add(new Emitter(onError));
    this.held = this.store.add(new HeldSessions((id) => this.processes.get(id)?.lookWhetherPaused()));
    this.enabled = settings.value.enabled;
    this.store.add(toDisposable(() => this.runs.clear()));
    this.store.add(settings.onDidChange(() => this.settingsChanged()));
    this.store.add(vscode.debug.onDidStartDebugSession((session) => this.started(session)));
    this.store.add(vscode.debug.onDidTerminateDebugSession((session) => this.terminated(session)));
    const active = vscode.debug.activeDebugSession;
    if (active !== undefined) for (const session of lineage(active).reverse()) this.started(session);
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  get onNews(): Event<void> {
    return this.news.event;
  }

  get onDidWarn(): Event<Warning & { session: string }> {
    return this.warned.event;
  }

  take(): Snapshots {
    const { live, all } = this.runs.snapshots(this.clock.nowMs());
    const takenAt = this.clock.isoNow();
    return {
      live: { version: 1, takenAt, processes: live },
      all: { version: 1, takenAt, processes: all },
      ignored: 0,
    };
  }

  /** Asks every process for its present state; never waits long for one that does not answer. */
  async refresh(): Promise<void> {
    const processes = [...this.processes.values()];
    await this.ask(processes);
    // while one was slow to answer, another may have been stopped
    await this.ask(processes.filter(({ isStale }) => isStale));
  }

  private async ask(processes: readonly DebuggedProcess[]): Promise<void> {
    if (processes.length === 0) return;
    const asked = processes.map((process) => process.refresh());
    await withTimeLimit(Promise.allSettled(asked), REFRESH_LIMIT_MS, this.clock);
  }

  /** `skipFiles` of the launch configuration that a session comes from. */
  skipFiles(id: string): readonly string[] {
    const session = this.known.get(id);
    const patterns = session ? lineage(session).map((one) => skipFilesOf(one.configuration)) : [];
    return patterns.find((found) => found.length > 0) ?? [];
  }

  /** The debug session of a process that lives. */
  session(id: string): vscode.DebugSession | undefined {
    return this.known.get(id);
  }

  /** The JavaScript debugger records async stacks of this session from its start, and nobody has asked for that. */
  hasAsyncStacksByDefault(id: string): boolean {
    const session = this.known.get(id);
    const root = session && lineage(session).at(-1);
    if (root?.type !== 'pwa-node' || root.configuration['showAsyncStacks'] !== true) return false;
    return !isWrittenByUser(root.workspaceFolder, root.configuration.name);
  }

  /** The process as it is now, as long as anything is known of it. */
  process(id: string): ProcessSnapshot | undefined {
    return this.runs.find(id)?.process.snapshot(this.clock.nowMs());
  }

  /** Where the inspector of a process itself listens, beside the debugger's connection. Rejects with a UserError. */
  async inspectorUrl(id: string): Promise<string> {
    const [session, process] = [this.known.get(id), this.processes.get(id)];
    const address = session && process && (await this.requestProxy(session, process));
    const url = address && (await inspectorUrl(address, this.logger));
    if (url === undefined)
      throw new UserError(t('It has no inspector of its own: only whole processes can be looked into.'));
    return url;
  }

  /** Id of the task that a paused program stands in, as new as what is known of it; `undefined` where none is known. */
  async currentTask(id: string): Promise<string | undefined> {
    const process = this.processes.get(id);
    if (process === undefined) return undefined;
    await this.ask([process]);
    const asked = await withTimeLimit(process.currentTask(), REFRESH_LIMIT_MS, this.clock);
    return asked === 'late' ? undefined : asked;
  }

  /** Ends what a task stands for, and asks the program what has come of it. `false`: it is over, or does not answer. */
  async endTask(session: string, task: string): Promise<boolean> {
    const process = this.processes.get(session);
    if (process === undefined) return false;
    const ended = await withTimeLimit(process.endTask(task), REFRESH_LIMIT_MS, this.clock);
    await this.ask([process]);
    return ended === true;
  }

  /** The task that stands at a line of the stack of a process, or awaits there. */
  taskAtFrame(id: string, place: Pick<Site, 'file' | 'line'>): string | undefined {
    return this.runs.find(id)?.process.taskAtFrame(place, this.clock.nowMs());
  }

  /** Leaves the program alone while it is being stopped. */
  async undisturbed(id: string, run: () => PromiseLike<unknown>): Promise<void> {
    await this.processes.get(id)?.undisturbed(run);
  }

  /** The same for all processes of one press of F5. */
  run(id: string): string | undefined {
    return this.runs.find(id)?.root;
  }

  /** A profile of the block `seq` of a warning, or of its latest; `undefined` where nothing was seen of it. */
  profile(id: string, warning: string, seq?: number): CpuProfile | undefined {
    return this.runs.find(id)?.process.profile(warning, seq);
  }

  /** Adds a finding to each program that lives: what keeps it running. */
  tellWhyAlive(): void {
    for (const { debuggee } of this.processes.values()) debuggee.tellWhyAlive();
    this.changed.fire();
  }

  clearWarnings(): void {
    this.runs.clearWarnings(this.clock.nowMs());
    this.changed.fire();
  }

  dispose(): void {
    this.store.dispose();
  }

  private started(session: vscode.DebugSession): void {
    this.known.set(session.id, session);
    if (this.enabled) this.follow(session);
  }

  private terminated(session: vscode.DebugSession): void {
    this.known.delete(session.id);
    this.processes.delete(session.id);
    this.runs.end(session.id);
    if (session.parentSession === undefined) this.runs.finish(session.id, this.clock.nowMs());
    this.changed.fire();
  }

  private follow(session: vscode.DebugSession): void {
    const family = lineage(session);
    if (family.some(({ configuration }) => asksToBeLeftAlone(configuration))) return;
    const root = family.at(-1) ?? session;
    if (session === root) this.runs.begin(session.id, runKey(session));
    const unsupported = unsupportedProgram(session.type);
    if (unsupported !== undefined) {
      if (!isChildOfDebugger(session.configuration)) this.explain(session, root, unsupported);
    } else if (isNode(session.type) && isChildOfDebugger(session.configuration)) {
      void this.connect(session, root);
    }
    this.changed.fire();
  }

  private explain(
    session: vscode.DebugSession,
    root: vscode.DebugSession,
    what: 'browser' | 'extensionHost',
  ): void {
    const process = this.add(session, root);
    process.debuggee.unavailable(
      what === 'browser'
        ? t('Runs in a browser: only Node.js programs are shown.')
        : t('An extension host: only Node.js programs are shown.'),
    );
  }

  /** Never rejects: what goes wrong becomes the row's text. */
  private async connect(session: vscode.DebugSession, root: vscode.DebugSession): Promise<void> {
    const process = this.add(session, root);
    const { debuggee } = process;
    try {
      const inject = await this.readAgent();
      const connection = await connectProxy(
        () => this.requestProxy(session, process),
        debuggee,
        {
          settings: agentSettings(this.settings.value),
          pollMs: POLL_MS,
          agentVersion: this.agent.version,
          locations: process.locations,
          loadsAgent: this.loadsAgent(root),
          loaders: this.agent.loaders,
          isPaused: () => this.held.has(session.id),
          ...(inject === undefined ? {} : { inject }),
        },
        this.clock,
        this.logger,
      );
      if (process.isClosed) {
        connection?.dispose();
        return;
      }
      if (connection === undefined) {
        debuggee.unavailable(
          t('The JavaScript debugger gave no connection to this program. Start debugging again.'),
        );
      } else {
        connection.onDidChange(() => {
          this.changed.fire();
          if (process.fellSilent(this.clock.nowMs())) this.news.fire();
        });
        this.logger.info(`Connected to "${session.name}".`);
        process.connected(connection);
      }
    } catch (error) {
      if (process.isClosed) return;
      this.logger.error(`No connection to "${session.name}".`, error);
      debuggee.unavailable(t('No connection to this program. The log of Async Debugger tells why.'));
    }
    this.changed.fire();
  }

  /** `undefined` when the JavaScript debugger does not answer, or still does not know its session. */
  private async requestProxy(
    session: vscode.DebugSession,
    process: DebuggedProcess,
  ): Promise<ProxyAddress | undefined> {
    for (let attempt = 0; attempt < PROXY_ATTEMPTS && !process.isClosed; attempt++) {
      if (attempt > 0) await pause(PROXY_PAUSE_MS, this.clock);
      const asked = vscode.commands.executeCommand<ProxyAddress | undefined>(PROXY_COMMAND, session.id);
      const answer = await withTimeLimit(asked, PROXY_LIMIT_MS, this.clock);
      if (answer === 'late') return undefined;
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  private add(session: vscode.DebugSession, root: vscode.DebugSession): DebuggedProcess {
    const parent = session.parentSession && this.processes.get(session.parentSession.id);
    const locations = new SourceLocations(this.logger, undefined, rootsOf(lineage(session)));
    const debuggee = new Debuggee(
      {
        session: session.id,
        name: processName(session.name),
        isUnnamed: processName(session.name) === UNNAMED,
        ...(parent === undefined ? {} : { parent: parent.id }),
      },
      locations,
      (error) => this.logger.error('A listener to the warnings failed.', error),
    );
    debuggee.thresholdMs = agentSettings(this.settings.value).thresholdMs;
    debuggee.retentionMs = retentionMs(this.settings.value);
    debuggee.slowOperationMs = this.settings.value['checks.slowOperationMs'];
    debuggee.slowTaskMs = this.settings.value['tasks.slowAfterMs'];
    debuggee.tasksAtOnce = TASKS_AT_ONCE;
    const tell = (warning: Warning): void => {
      this.warned.fire({ ...warning, session: session.id });
      this.news.fire();
    };
    debuggee.onDidWarn(tell);
    debuggee.onDidFind(tell);
    const process = new DebuggedProcess(session.id, parent?.id, debuggee, locations, this.logger);
    this.processes.set(session.id, process);
    this.runs.add(root.id, process);
    return process;
  }

  private settingsChanged(): void {
    const { value } = this.settings;
    if (value.enabled !== this.enabled) {
      this.enabled = value.enabled;
      for (const process of this.processes.values()) process.withdraw();
      this.runs.clear();
      this.processes.clear();
      if (this.enabled) for (const session of this.known.values()) this.follow(session);
      this.changed.fire();
      return;
    }
    for (const process of this.processes.values()) {
      process.debuggee.retentionMs = retentionMs(value);
      process.debuggee.slowOperationMs = value['checks.slowOperationMs'];
      process.debuggee.slowTaskMs = value['tasks.slowAfterMs'];
      process.configure(agentSettings(value));
    }
  }

  /** The programs of this run load the agent themselves; in one that has only just begun it is not there yet. */
  private loadsAgent({ configuration }: vscode.DebugSession): boolean {
    const { env } = configuration as LaunchConfiguration;
    const nodeOptions = env?.['NODE_OPTIONS'] ?? '';
    return nodeOptions !== '' && withRequire(nodeOptions, this.agent.uri.fsPath) === nodeOptions;
  }

  /** The agent's text; `undefined` where it cannot be read: most programs bring their own. */
  private readAgent(): Promise<string | undefined> {
    const { uri } = this.agent;
    const body = uri.with({ path: bodyOf(uri.path) });
    this.agentSource ??= Promise.resolve(vscode.workspace.fs.readFile(body)).then(
      (bytes) => new TextDecoder().decode(bytes),
      (error: unknown) => {
        this.logger.error('The agent could not be read.', error);
        return undefined;
      },
    );
    return this.agentSource;
  }
}

/** The session, its parent and so on up to the one that the user started. */
function lineage(session: vscode.DebugSession): vscode.DebugSession[] {
  const family = [session];
  for (let above = session.parentSession; above !== undefined; above = above.parentSession)
    family.push(above);
  return family;
}

/** `server.js` of `server.js [4711] « Launch Program`: the row tells the process id anyway. */
function processName(sessionName: string): string {
  const [own = ''] = sessionName.split(' « ');
  return own.replace(/ \[\d+\]$/, '').trim() || sessionName;
}

/** What the JavaScript debugger calls every program that it attaches to by a port. */
const UNNAMED = 'Remote Process';

function runKey(root: vscode.DebugSession): string {
  return `${root.workspaceFolder?.uri.toString() ?? ''}\n${root.name}`;
}
