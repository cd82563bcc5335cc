import type { Clock } from '../base/clock.js';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { withTimeLimit } from '../base/timeLimit.js';
import { Emitter, type Event } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import { CdpClient } from '../cdp/client.js';
import type { Transport } from '../cdp/transport.js';
import { WorkerTransport } from '../cdp/workerTransport.js';
import { Debuggee, type DebuggeeIdentity } from '../model/debuggee.js';
import {
  type Finding,
  isFinding,
  isTimed,
  type ProcessSnapshot,
  type Snapshot,
  type TimedWarning,
} from '../protocol/snapshot.js';
import type { AgentSettings } from '../protocol/wire.js';
import { DebuggeeSession } from '../session/debuggeeSession.js';
import type { Recording } from '../recording/threadRecording.js';
import { recordingOf } from '../session/recordingOf.js';
import { SourceLocations } from '../session/sourceLocations.js';
import { BRIDGE_NAME } from './runVariable.js';

export interface InspectedProgramOptions {
  /** Unique in the snapshot. */
  session: string;
  /** Session of the process that started this one. */
  parent?: string;
  name: string;
  /** The name tells nothing of the program, which may tell its own. */
  isUnnamed?: boolean;
  settings: AgentSettings;
  /** How long a task that has ended stays in the snapshot; absent: it does not. */
  retentionMs?: number;
  /** What waits for one thing for longer is told; absent: as a debuggee has it. */
  slowAfterMs?: number;
  agentVersion: string;
  /** How long the main thread may take to load the agent. */
  loadLimitMs?: number;
  /** Source text of the agent for a program that has not loaded it. */
  inject?: string;
}

/** One process and its worker threads behind a direct inspector connection. */
export class InspectedProgram implements Disposable {
  readonly onDidWarn: Event<TimedWarning>;
  /** The connection is gone. */
  readonly onDidClose: Event<string>;
  readonly onDidFind: Event<Finding>;
  private readonly warned: Emitter<TimedWarning>;
  private readonly found: Emitter<Finding>;
  private readonly owned = new DisposableStore();
  private readonly threads: Thread[] = [];
  private readonly client: CdpClient;
  private main: Thread | undefined;
  private lastSnapshot: Promise<void> | undefined;
  private closedMs: number | undefined;

  constructor(
    transport: Transport,
    private readonly options: InspectedProgramOptions,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.warned = new Emitter((error) => logger.error('A warning could not be shown', error));
    this.onDidWarn = this.warned.event;
    this.found = new Emitter((error) => logger.error('A finding could not be shown', error));
    this.onDidFind = this.found.event;
    this.client = new CdpClient(transport, logger, { connection: 'direct' });
    this.onDidClose = this.client.onDidClose;
    this.owned.add(this.client);
    this.client.onDidClose(() => (this.closedMs = clock.nowMs()));
  }

  /** Never rejects: what goes wrong is the note of the process. */
  async start(): Promise<void> {
    const { client } = this;
    const { session, name, parent, isUnnamed = false } = this.options;
    // The process waits at its end until nobody is connected any more: it is let go as soon as it says so.
    client.on(
      'NodeRuntime.waitingForDisconnect',
      () => void this.finalUpdateHeard().then(() => client.dispose()),
    );
    client.on('NodeWorker.attachedToWorker', ({ sessionId, workerInfo }) =>
      this.addWorker(sessionId, workerInfo.title),
    );
    void this.request(client.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }));
    const above = parent === undefined ? {} : { parent };
    this.main = this.addThread(client, { session, name, isUnnamed, ...above }, true);
    await this.main.started;
    await this.request(client.send('NodeWorker.enable', { waitForDebuggerOnStart: false }));
  }

  /** Every thread has answered and its source maps are there; gives up waiting after `limitMs`. */
  async whenSettled(limitMs: number): Promise<void> {
    const settled = async (): Promise<void> => {
      await Promise.all(this.threads.map((thread) => thread.started));
      await Promise.all(this.threads.map((thread) => thread.session.refresh()));
      this.now(); // asks for the places, and so begins to load the maps
      await this.whenMapsLoaded();
    };
    await this.within(limitMs, settled());
  }

  /** Every thread is asked once more; gives up waiting after `limitMs`. */
  look(limitMs: number): Promise<void> {
    return this.within(limitMs, Promise.all(this.threads.map((thread) => thread.session.refresh())));
  }

  /** What is known now; of a thread that has ended what was known then, with the tasks that were still pending. */
  snapshot(): Snapshot {
    const nowMs = this.clock.nowMs();
    const processes = this.threads.map(({ debuggee, last }) => last ?? debuggee.snapshot(nowMs));
    return { version: 1, takenAt: this.clock.isoNow(), processes };
  }

  /** Takes what the flight recorders of all threads have not told yet. Never rejects. */
  async takeRecordings(): Promise<void> {
    await Promise.all(this.threads.map(({ session }) => session.takeRecording()));
  }

  /** What the flight recorders have told until now. */
  recordings(): Recording[] {
    const nowMs = this.clock.nowMs();
    return this.threads.map(({ session, names }) => ({
      ...recordingOf(session, nowMs),
      ...(names && { names }),
    }));
  }

  /** How long there has been no connection any more. */
  get unseenMs(): number {
    return this.closedMs === undefined ? 0 : this.clock.nowMs() - this.closedMs;
  }

  /** The warning with its places in the original source, when the maps have arrived, or do not in time. */
  async resolved(warning: TimedWarning): Promise<TimedWarning> {
    await this.within(MAPS_MS, this.whenMapsLoaded());
    const now = this.warning(warning.id);
    if (!now) return warning;
    if (now.count === warning.count && now.ongoing === warning.ongoing) return now;
    const { site, stack } = now;
    return { ...warning, ...(site && { site }), ...(stack && { stack }) };
  }

  /** A finding as it reads when the maps have arrived, or do not in time; `undefined` where it was withdrawn. */
  async resolvedFinding({ id }: Finding): Promise<Finding | undefined> {
    await this.within(MAPS_MS, this.whenMapsLoaded());
    const all = this.snapshot().processes.flatMap((process) => process.warnings);
    return all.filter(isFinding).find((finding) => finding.id === id);
  }

  /** A warning as it reads now. */
  warning(id: string): TimedWarning | undefined {
    const all = this.now().flatMap((process) => process.warnings);
    return all.filter(isTimed).find((warning) => warning.id === id);
  }

  /** In some thread the agent has seen nothing of what happened before. */
  get isLate(): boolean {
    return this.threads.some((thread) => thread.session.isLate);
  }

  /** Takes the agent's hooks out again where it came late. */
  async withdraw(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.session.withdraw()));
  }

  dispose(): void {
    for (const thread of this.threads) thread.session.dispose();
    for (const thread of this.threads) thread.locations.dispose();
    this.owned.dispose();
  }

  private addWorker(sessionId: string, title: string): void {
    if (BRIDGE.test(title)) return;
    const transport = new WorkerTransport(this.client, sessionId, (error) =>
      this.logger.error('A worker', error),
    );
    const client = new CdpClient(transport, this.logger, { connection: 'direct' });
    const parent = this.options.session;
    this.addThread(
      client,
      { session: `${parent}/worker-${sessionId}`, name: workerName(title), parent },
      false,
    );
  }

  private addThread(client: CdpClient, identity: DebuggeeIdentity, isMain: boolean): Thread {
    const { settings, agentVersion, inject, loadLimitMs, retentionMs = 0 } = this.options;
    const locations = new SourceLocations(this.logger);
    const debuggee = new Debuggee(identity, locations, (error) => this.logger.error('A warning', error));
    debuggee.retentionMs = retentionMs;
    if (this.options.slowAfterMs !== undefined) debuggee.slowTaskMs = this.options.slowAfterMs;
    debuggee.onDidWarn((warning) => this.warned.fire(warning));
    debuggee.onDidFind((finding) => this.found.fire(finding));
    const session = new DebuggeeSession(
      client,
      debuggee,
      {
        settings,
        agentVersion,
        pollMs: POLL_MS,
        locations,
        ...(inject === undefined ? {} : { inject }),
        beforeEnd: () => this.keepLast(thread),
        ...(isMain && loadLimitMs !== undefined ? { loadLimitMs } : {}),
      },
      this.clock,
      this.logger,
    );
    const thread: Thread = { debuggee, session, locations, started: Promise.resolve() };
    this.threads.push(thread);
    thread.started = session.start();
    return thread;
  }

  /** Keeps what is pending at the end, in the original places if their maps come soon: the process waits meanwhile. */
  private keepLast(thread: Thread): Promise<void> {
    const { debuggee, locations } = thread;
    thread.last = debuggee.snapshot(this.clock.nowMs());
    thread.names = debuggee.givenNames();
    const kept = this.within(LAST_MAPS_MS, locations.whenLoaded()).then(() => {
      const now = debuggee.snapshot(this.clock.nowMs());
      if (now.state !== 'ended') thread.last = now;
    });
    if (thread === this.main) this.lastSnapshot = kept;
    return kept;
  }

  private async whenMapsLoaded(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.locations.whenLoaded()));
  }

  private async within(limitMs: number, done: Promise<unknown> | undefined): Promise<void> {
    await withTimeLimit(done ?? Promise.resolve(), limitMs, this.clock);
  }

  /** A program that ends at once is still being asked for the first time. */
  private async finalUpdateHeard(): Promise<void> {
    await this.within(LAST_ANSWERS_MS, this.main?.started);
    await this.within(LAST_ANSWERS_MS, this.main?.session.atEnd());
    await this.lastSnapshot;
  }

  private now(): ProcessSnapshot[] {
    const nowMs = this.clock.nowMs();
    return this.threads.map(({ debuggee }) => debuggee.snapshot(nowMs));
  }

  /** A request whose failure means no more than that the process has ended, or is too old to know it. */
  private async request(answer: Promise<unknown>): Promise<void> {
    await answer.catch((error: unknown) => this.logger.debug(String(error)));
  }
}

interface Thread {
  debuggee: Debuggee;
  session: DebuggeeSession;
  locations: SourceLocations;
  started: Promise<void>;
  /** What was known of it at its end. */
  last?: ProcessSnapshot;
  /** Names that it had given its tasks then. */
  names?: Map<number, string>;
}

const POLL_MS = 100;
/** How long the end of the program may wait for its first answers, and for source maps. */
const LAST_ANSWERS_MS = 3000;
const LAST_MAPS_MS = 500;
/** How long a warning may wait for them: the program may name new files for ever. */
const MAPS_MS = 2000;

/** Our own thread in the program. */
const BRIDGE = new RegExp(`^\\[worker \\d+\\] ${BRIDGE_NAME}$`);

/** `worker 1` of `[worker 1] WorkerThread`, as Node calls a worker that the program gave no name. */
function workerName(title: string): string {
  return title.replace(/^\[(worker \d+)\](?: WorkerThread)?$/, '$1') || 'worker';
}
