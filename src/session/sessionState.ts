import type { Clock } from '../base/clock.js';
import { DisposableStore } from '../base/disposable.js';
import { Emitter, type Event } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import type { CdpClient } from '../cdp/client.js';
import type { Debuggee } from '../model/debuggee.js';
import type { AgentSettings } from '../protocol/wire.js';
import { ReceivedEvents } from '../recording/threadRecording.js';
import type { SourceLocations } from './sourceLocations.js';

export interface DebuggeeSessionOptions {
  settings: AgentSettings;
  pollMs: number;
  /** Source text of the agent, evaluated where it is not loaded. */
  inject?: string;
  /** The program was started so that it loads the agent by itself. */
  loadsAgent?: boolean;
  /** Words of NODE_OPTIONS that say so in the program itself. */
  loaders?: readonly string[];
  /** How long the agent may take to load after the inspector has answered; a new thread needs it. */
  loadLimitMs?: number;
  /** The debugger holds the program, as far as it has told somebody else: asked until it has told us. */
  isPaused?: () => boolean;
  /** Version of this package, for the message about an agent of another one. */
  agentVersion: string;
  /** The debuggee's source maps: asks the program for what the disk does not have, and tells when some came. */
  locations?: SourceLocations;
  /** Connects anew after a connection was lost; `undefined` when the program cannot be reached now. */
  reconnect?: () => Promise<CdpClient | undefined>;
  /**
   * Called when the program has sent its final update or is gone, while the debuggee still knows its tasks. After a
   * final update the end waits for it.
   */
  beforeEnd?: () => Promise<void>;
}

/**
 * Where a session stands. `connecting`: to the program, for the first time or anew. `leaving`: the program has sent its
 * final update, and what is to be done before the end goes on. `over`: it has ended, or cannot be asked.
 */
export type SessionPhase = 'new' | 'connecting' | 'polling' | 'leaving' | 'over';

/** What the parts of a session share: whom it is about, where it stands, and how its listeners hear of changes. */
export class SessionState {
  phase: SessionPhase = 'new';
  settings: AgentSettings;
  /** Disposed when the session is over. */
  readonly parts = new DisposableStore();
  /** What the flight recorder has told, since somebody asked for it. */
  readonly recording = new ReceivedEvents();
  /** When listeners heard of a change last. */
  toldAtMs = 0;
  private readonly changed: Emitter<void>;
  private beforeEnd: Promise<void> | undefined;

  constructor(
    readonly debuggee: Debuggee,
    readonly options: DebuggeeSessionOptions,
    readonly clock: Clock,
    readonly logger: Logger,
  ) {
    this.settings = options.settings;
    this.changed = new Emitter((error) => logger.error('A listener of a debuggee failed', error));
  }

  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  fire(): void {
    this.toldAtMs = this.clock.nowMs();
    this.changed.fire();
  }

  // Methods, so that the compiler does not take the phase before an await for the one after it.
  isPolling(): boolean {
    return this.phase === 'polling';
  }

  isOver(): boolean {
    return this.phase === 'over';
  }

  /** There is nothing to be heard of the program any more. */
  isLeaving(): boolean {
    return this.phase === 'leaving' || this.isOver();
  }

  /** The program has sent its final update: the session ends when what is to be done before that is done. */
  leave(note: string | undefined): void {
    this.phase = 'leaving';
    if (this.options.beforeEnd) void this.runBeforeEnd().then(() => this.end(note));
    else this.end(note);
  }

  end(note?: string): void {
    if (this.isOver()) return;
    void this.runBeforeEnd();
    this.stop();
    this.debuggee.end(note);
    this.fire();
  }

  /** `note` tells people why nothing is shown of the program, and what they can do. */
  giveUp(note: string): void {
    if (this.isOver()) return;
    this.stop();
    this.debuggee.unavailable(note);
    this.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private stop(): void {
    this.phase = 'over';
    this.parts.dispose();
  }

  private runBeforeEnd(): Promise<void> {
    this.beforeEnd ??= (this.options.beforeEnd?.() ?? Promise.resolve()).catch((error: unknown) =>
      this.logger.warn(`The end of a program: ${String(error)}`),
    );
    return this.beforeEnd;
  }
}
