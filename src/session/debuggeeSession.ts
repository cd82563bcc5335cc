import type { Clock } from '../base/clock.js';
import type { Disposable, DisposableStore } from '../base/disposable.js';
import type { Event } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import type { CdpClient } from '../cdp/client.js';
import type { Debuggee } from '../model/debuggee.js';
import type { AgentSettings } from '../protocol/wire.js';
import type { ReceivedEvents } from '../recording/threadRecording.js';
import { Connection } from './connection.js';
import type { Conversation } from './conversation.js';
import { DebuggerStops } from './debuggerStops.js';
import { FinalUpdates } from './finalUpdates.js';
import { PollLoop } from './pollLoop.js';
import { type DebuggeeSessionOptions, SessionState } from './sessionState.js';

export type { DebuggeeSessionOptions } from './sessionState.js';

/** The conversation with the agent of one debuggee, from the first connection to the program's end. */
export class DebuggeeSession implements Disposable {
  readonly onDidChange: Event<void>;
  private readonly state: SessionState;
  private readonly connection: Connection;
  private readonly stops: DebuggerStops;
  private readonly polls: PollLoop;
  private readonly finalUpdates: FinalUpdates;

  constructor(
    client: CdpClient,
    readonly debuggee: Debuggee,
    options: DebuggeeSessionOptions,
    clock: Clock,
    logger: Logger,
  ) {
    this.state = new SessionState(debuggee, options, clock, logger);
    this.onDidChange = this.state.onDidChange;
    this.finalUpdates = new FinalUpdates(this.state);
    this.stops = new DebuggerStops(this.state);
    this.connection = new Connection(this.state, client, {
      listen: (conversation, owned) => this.listen(conversation, owned),
      begun: (owned) => this.begun(owned),
    });
    this.polls = new PollLoop(this.state, this.connection, this.stops);
  }

  /** Never rejects: what goes wrong becomes the debuggee's note. Resolves after the first polls. */
  async start(): Promise<void> {
    if (this.state.phase === 'new') await this.connection.open();
  }

  /** Resolves when what is known is as fresh as the debuggee allows: at once while it does not answer. */
  refresh(): Promise<void> {
    return this.polls.refresh();
  }

  /** Id of the task that the program stands in, while it is paused; `undefined` where none is known. */
  async currentTask(): Promise<string | undefined> {
    if (!this.state.isPolling()) return undefined;
    const entry = await this.agent.current().catch((error: unknown) => this.noted('current', error));
    return entry ? this.debuggee.taskId(entry) : undefined;
  }

  /** Asks the flight recorder for what it has not told yet. Never rejects: a failure costs no more than the answer. */
  async takeRecording(): Promise<void> {
    for (let count = 0; count < MAX_ANSWERS_IN_A_ROW && this.state.isPolling(); count++) {
      const from = this.recording.next;
      const text = await this.agent.recording(from).catch((error: unknown) => this.noted('recording', error));
      // meanwhile another one may have asked the same
      if (text === undefined || this.recording.next !== from) return;
      try {
        if (!this.recording.add(JSON.parse(text))) return;
      } catch (error) {
        this.noted('recording', error);
        return;
      }
    }
  }

  /** What the flight recorder has told so far. */
  get recording(): ReceivedEvents {
    return this.state.recording;
  }

  /** Ends what a task stands for, as a person has asked. `false`: it is over, or the program does not answer. */
  async endTask(task: string): Promise<boolean> {
    const entry = this.debuggee.entryOf(task);
    if (entry === undefined || !this.state.isPolling()) return false;
    const asked = this.agent.endResource(entry).catch((error: unknown) => this.noted('endResource', error));
    return (await asked) === true;
  }

  /** The debugger has stopped the program or let it go on since it was asked. */
  get isStale(): boolean {
    return this.state.isPolling() && this.stops.isNews;
  }

  /**
   * Asks the program for nothing while `run` lasts and the program comes to a stop by it: a pause could not tell our
   * question from the code that is to be paused.
   */
  undisturbed(run: () => PromiseLike<unknown>): Promise<void> {
    return this.polls.undisturbed(run);
  }

  configure(settings: AgentSettings): void {
    this.state.settings = settings;
    this.debuggee.thresholdMs = settings.thresholdMs;
    if (this.state.isPolling())
      this.agent.configure(settings).catch((error: unknown) => this.noted('configure', error));
  }

  /** The agent came into the program while it was running already. */
  get isLate(): boolean {
    return this.connection.isLate;
  }

  /** Takes the hooks of an agent that came late out of the program. Never rejects. */
  async withdraw(): Promise<void> {
    if (this.isLate && this.state.isPolling())
      await this.agent.stop().catch((error: unknown) => this.noted('stop', error));
  }

  /** The program waits at its end until nobody is connected: asks for its final update where that has not come. */
  atEnd(): Promise<void> {
    return this.finalUpdates.ask(this.connection.conversation);
  }

  /** The program may have been stopped before we were connected, and go on before the debugger tells us of anything. */
  lookWhetherPaused(): void {
    this.stops.look();
  }

  end(note?: string): void {
    this.state.end(note);
  }

  /** Ends the conversation and closes the connection. */
  dispose(): void {
    this.end();
    this.connection.conversation.client.dispose();
    this.state.dispose();
  }

  private get agent(): Conversation['agent'] {
    return this.connection.conversation.agent;
  }

  private listen(conversation: Conversation, owned: DisposableStore): void {
    const { client, agent } = conversation;
    this.finalUpdates.listen(conversation, owned);
    this.stops.listen(
      client,
      owned,
      () => this.polls.release(),
      () => void this.refresh(),
    );
    const { locations } = this.state.options;
    if (!locations) return;
    locations.useProgram((url) => agent.sourceMap(url));
    owned.add(
      locations.onDidLoad(() => {
        this.debuggee.sitesChanged();
        this.state.fire();
      }),
    );
  }

  private async begun(owned: DisposableStore): Promise<void> {
    const { clock, options } = this.state;
    this.stops.look();
    owned.add(clock.every(options.pollMs, () => this.polls.tick()));
    this.state.fire();
    await this.polls.start();
  }

  /** What fails for a passing reason is worth a line in the log. */
  private noted(call: string, error: unknown): void {
    this.state.logger.debug(`${call}: ${String(error)}`);
  }
}

/** Then the program gets its breath, until it is asked again. */
const MAX_ANSWERS_IN_A_ROW = 50;
