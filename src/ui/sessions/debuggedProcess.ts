import type { Logger } from '../../base/logger.js';
import type { CpuProfile } from '../../model/blocking/cpuProfile.js';
import type { Debuggee } from '../../model/debuggee.js';
import type { ProcessSnapshot, Site } from '../../protocol/snapshot.js';
import type { AgentSettings } from '../../protocol/wire.js';
import type { Recording } from '../../recording/threadRecording.js';
import { recordingOf } from '../../session/recordingOf.js';
import type { DebuggeeSession } from '../../session/debuggeeSession.js';
import type { SourceLocations } from '../../session/sourceLocations.js';
import type { TrackedProcess } from './debugRuns.js';

/** A process or worker with its connection, as soon as there is one. */
export class DebuggedProcess implements TrackedProcess {
  private session: DebuggeeSession | undefined;
  private closed = false;
  private wasSilent = false;

  constructor(
    readonly id: string,
    readonly parent: string | undefined,
    readonly debuggee: Debuggee,
    readonly locations: SourceLocations,
    private readonly logger: Logger,
  ) {}

  get isClosed(): boolean {
    return this.closed;
  }

  /** Takes the connection over; one that comes too late is let go at once. */
  connected(session: DebuggeeSession): void {
    if (this.closed) {
      session.dispose();
      return;
    }
    this.session = session;
    void session.start();
  }

  configure(settings: AgentSettings): void {
    this.debuggee.thresholdMs = settings.thresholdMs;
    this.session?.configure(settings);
  }

  /** True once each time when the program does not answer any more. */
  fellSilent(atMs: number): boolean {
    const before = this.wasSilent;
    this.wasSilent = this.debuggee.isSilent(atMs);
    return this.wasSilent && !before;
  }

  async refresh(): Promise<void> {
    await this.session?.refresh();
  }

  /** Asks the flight recorder for what it has not told yet. Never rejects. */
  async takeRecording(): Promise<void> {
    await this.session?.takeRecording();
  }

  /** How often its recording began anew; `undefined`: there is none. */
  get recordingGeneration(): number | undefined {
    return this.session?.recording.log.length ? this.session.recording.generation : undefined;
  }

  /** What was recorded of it until now; `undefined`: nothing. */
  recording(atMs: number): Recording | undefined {
    return this.session?.recording.log.length ? recordingOf(this.session, atMs) : undefined;
  }

  /** The debugger has stopped the program or let it go on. */
  lookWhetherPaused(): void {
    this.session?.lookWhetherPaused();
  }

  /** Id of the task that the program stands in, while it is paused; `undefined` where none is known. */
  currentTask(): Promise<string | undefined> {
    return this.session?.currentTask() ?? Promise.resolve(undefined);
  }

  /** Ends what a task stands for; `false`: it is over, or the program does not answer. */
  endTask(task: string): Promise<boolean> {
    return this.session?.endTask(task) ?? Promise.resolve(false);
  }

  /** What is known is from before the debugger stopped the program or let it go on. */
  get isStale(): boolean {
    return this.session?.isStale ?? false;
  }

  /** Takes the agent out again where it was injected; the next thing is to close. */
  withdraw(): void {
    void this.session?.withdraw();
  }

  snapshot(atMs: number): ProcessSnapshot {
    return this.debuggee.snapshot(atMs);
  }

  /** The task that stands at a line of the stack, or awaits there. */
  taskAtFrame(place: Pick<Site, 'file' | 'line'>, atMs: number): string | undefined {
    return this.debuggee.taskAtFrame(place, atMs);
  }

  /** Leaves the program alone while it is being stopped. */
  async undisturbed(run: () => PromiseLike<unknown>): Promise<void> {
    if (this.session === undefined) await run();
    else await this.session.undisturbed(run);
  }

  /** A profile of the block `seq` of a warning, or of its latest. */
  profile(warning: string, seq?: number): CpuProfile | undefined {
    return this.debuggee.profile(warning, seq);
  }

  clearWarnings(): void {
    this.debuggee.clearWarnings();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    try {
      if (this.session === undefined) this.debuggee.end();
      else this.session.end();
      this.session?.dispose();
    } catch (error) {
      this.logger.error('A connection could not be closed.', error);
    }
  }
}
