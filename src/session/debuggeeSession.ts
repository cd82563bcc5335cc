import type { Clock } from '../base/clock.js';
import { type Disposable, DisposableStore } from '../base/disposable.js';
import { Emitter, type Event } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import { CdpError } from '../cdp/cdpError.js';
import type { CdpClient } from '../cdp/client.js';
import { TOO_LARGE } from '../cdp/transport.js';
import { userFrameIndex } from '../model/codeOrigin.js';
import type { Debuggee } from '../model/debuggee.js';
import { ProtocolError } from '../model/wire/protocolError.js';
import { readFinalUpdate, readHello } from '../model/wire/wireReader.js';
import {
  type AgentSettings,
  BINDING,
  type FinalUpdate,
  type Hello,
  type SentPoll,
} from '../protocol/wire.js';
import { debuggerFrames } from './debuggerFrames.js';
import { AgentCalls, AT_END, EvaluationError, type Probe } from './agentCalls.js';
import type { SourceLocations } from './sourceLocations.js';
import { OutcomeReader } from './taskOutcomes.js';
import { canLoadAgent, whyUnavailable } from './whyUnavailable.js';

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
   * Called when the program has said its last words or is gone, while the debuggee still knows its tasks. After
   * last words the end waits for it.
   */
  beforeEnd?: () => Promise<void>;
}

/** The conversation with the agent of one debuggee: connect, handshake, poll, resync, reconnect, end. */
export class DebuggeeSession implements Disposable {
  readonly onDidChange: Event<void>;
  private readonly changed: Emitter<void>;
  /** What belongs to the present connection. */
  private owned = new DisposableStore();
  private agent: AgentCalls;
  private settings: AgentSettings;
  private phase: 'new' | 'connecting' | 'polling' | 'leaving' | 'over' = 'new';
  private seq = 0;
  private resyncs: number[] = [];
  private losses: number[] = [];
  /** The conversation has to begin again before anything else is asked. */
  private isAstray = false;
  private inFlight: { sentAtMs: number; done: Promise<void> } | undefined;
  private pulsing: Disposable | undefined;
  private silence: Disposable | undefined;
  private isSilent = false;
  /** The last poll found something of the program on the stack. */
  private isInTurn = false;
  /** No polls for now. */
  private isHeld = false;
  private whenPaused: (() => void) | undefined;
  private wasBlocked = false;
  /** The debugger has told us of a stop itself. */
  private isToldOfStops = false;
  /** How often the debugger stopped the program or let it go on; now, and when the last answer was asked for. */
  private stops = 0;
  private stopsKnown = 0;
  private firedAtMs = 0;
  private late = false;
  private readonly outcomes: OutcomeReader;
  private ending: Promise<void> | undefined;

  constructor(
    private client: CdpClient,
    readonly debuggee: Debuggee,
    private readonly options: DebuggeeSessionOptions,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.settings = options.settings;
    this.agent = new AgentCalls(client);
    this.outcomes = new OutcomeReader(clock);
    this.changed = new Emitter((error) => logger.error('A listener of a debuggee failed', error));
    this.onDidChange = this.changed.event;
  }

  /** Never rejects: what goes wrong becomes the debuggee's note. Resolves after the first polls. */
  async start(): Promise<void> {
    if (this.phase !== 'new') return;
    await this.open();
  }

  /** Begins the conversation over the present connection. */
  private async open(): Promise<void> {
    const { client } = this;
    this.phase = 'connecting';
    this.debuggee.thresholdMs = this.settings.thresholdMs;
    this.listen();
    try {
      if (client.connection === 'shared') {
        await client.send('JsDebug.subscribe', {
          events: ['Runtime.bindingCalled', 'Debugger.paused', 'Debugger.resumed'],
        });
      }
      await client.send('Runtime.addBinding', { name: BINDING, executionContextId: MAIN_CONTEXT });
      await this.connect();
      if (this.isLeaving() || client.isClosed) return;
      this.phase = 'polling';
      this.lookWhetherPaused();
      this.owned.add(this.clock.every(this.options.pollMs, () => this.tick()));
      this.fire();
      await this.startPolls();
    } catch (error) {
      if (!client.isClosed && !isInLastMessage(error)) this.fail(error);
    }
  }

  /** Resolves when what is known is as fresh as the debuggee allows: at once while it does not answer. */
  async refresh(): Promise<void> {
    if (!this.isPolling()) return;
    if (this.inFlight) await this.within(this.inFlight.done);
    // another caller may have asked meanwhile
    if (this.isPolling() && !this.isHeld) await this.within(this.inFlight?.done ?? this.startPolls());
  }

  /** Id of the task that the program stands in, while it is paused; `undefined` where none is known. */
  async currentTask(): Promise<string | undefined> {
    if (!this.isPolling()) return undefined;
    const entry = await this.agent.current().catch((error: unknown) => {
      this.logger.debug(`current: ${String(error)}`);
      return 0;
    });
    return entry === 0 ? undefined : this.debuggee.taskId(entry);
  }

  /** The debugger has stopped the program or let it go on since it was asked. */
  get isStale(): boolean {
    return this.isPolling() && this.stopsKnown !== this.stops;
  }

  /**
   * Asks the program for nothing while `run` lasts and the program comes to a stop by it: a pause could not tell our
   * question from the code that is to be paused.
   */
  async undisturbed(run: () => PromiseLike<unknown>): Promise<void> {
    this.isHeld = true;
    try {
      if (this.inFlight && !this.isSilent) await this.within(this.inFlight.done);
      const paused = new Promise<void>((resolve) => (this.whenPaused = resolve));
      await run();
      await this.within(paused);
    } finally {
      this.isHeld = false;
    }
  }

  configure(settings: AgentSettings): void {
    this.settings = settings;
    this.debuggee.thresholdMs = settings.thresholdMs;
    if (this.phase !== 'polling') return;
    this.agent
      .configure(settings)
      .catch((error: unknown) => this.logger.debug(`configure: ${String(error)}`));
  }

  /** The agent came into the program while it was running already. */
  get isLate(): boolean {
    return this.late;
  }

  /** Takes the hooks of an agent that came late out of the program. Never rejects. */
  async withdraw(): Promise<void> {
    if (!this.late || this.phase !== 'polling') return;
    await this.agent.stop().catch((error: unknown) => this.logger.debug(`stop: ${String(error)}`));
  }

  end(note?: string): void {
    if (this.hasEnded()) return;
    void this.beforeEnd();
    this.stop();
    this.debuggee.end(note);
    this.fire();
  }

  /** Ends the conversation and closes the connection. */
  dispose(): void {
    this.end();
    this.client.dispose();
    this.changed.dispose();
  }

  /** The program may have been stopped before we were connected, and go on before the debugger tells us of anything. */
  lookWhetherPaused(): void {
    const { isPaused } = this.options;
    if (isPaused === undefined || this.isToldOfStops || this.phase !== 'polling') return;
    if (isPaused()) this.debuggee.paused(this.clock.nowMs());
    else this.debuggee.resumed(this.clock.nowMs());
    this.fire();
  }

  private listen(): void {
    const { owned, client, debuggee } = this;
    owned.add(client.onDidClose((reason) => void this.lost(reason)));
    owned.add(
      client.on('Runtime.bindingCalled', (event) => {
        if (event.name === BINDING) this.receive(event.payload);
      }),
    );
    owned.add(
      client.on('Debugger.paused', (event) => {
        this.isToldOfStops = true;
        debuggee.paused(this.clock.nowMs(), debuggerFrames(event));
        this.stops++;
        this.isHeld = false;
        this.whenPaused?.();
        this.fire();
        void this.refresh();
      }),
    );
    owned.add(
      client.on('Debugger.resumed', () => {
        this.isToldOfStops = true;
        debuggee.resumed(this.clock.nowMs());
        this.stops++;
        this.fire();
        void this.refresh();
      }),
    );
    const { locations } = this.options;
    if (!locations) return;
    locations.useProgram((url) => this.agent.sourceMap(url));
    owned.add(
      locations.onDidLoad(() => {
        debuggee.sitesChanged();
        this.fire();
      }),
    );
  }

  /** The connection has closed: connects again as long as there is hope, else the view ends. Never rejects. */
  private async lost(reason: string): Promise<void> {
    const { reconnect } = this.options;
    if (this.phase === 'over') return;
    if (reason === TOO_LARGE) {
      this.giveUp('The program sent more at once than the debugger takes: restart the program.');
      return;
    }
    if (!reconnect || this.phase === 'leaving') {
      this.end();
      return;
    }
    this.logger.info(`The connection was lost: ${reason}`);
    this.phase = 'connecting';
    this.owned.dispose();
    this.owned = new DisposableStore();
    this.debuggee.disconnected();
    this.fire();
    const nowMs = this.clock.nowMs();
    this.losses = [...this.losses.filter((atMs) => nowMs - atMs < LOSS_WINDOW_MS), nowMs];
    for (let attempt = 0; attempt < MAX_ATTEMPTS && this.losses.length <= MAX_LOSSES; attempt++) {
      await this.pause(FIRST_PAUSE_MS * 2 ** attempt);
      if (this.hasEnded()) return;
      const client = await reconnect().catch((error: unknown) => {
        this.logger.debug(`No connection: ${String(error)}`);
        return undefined;
      });
      if (!client) continue;
      if (this.hasEnded()) {
        client.dispose();
        return;
      }
      this.client = client;
      this.agent = new AgentCalls(client);
      await this.open();
      return;
    }
    this.end();
  }

  private pause(durationMs: number): Promise<void> {
    return new Promise((resolve) => this.owned.add(this.clock.after(durationMs, resolve)));
  }

  /** Begins the conversation, or begins it again. */
  private async connect(): Promise<void> {
    const { agent } = this;
    const probe = await this.findAgent(agent);
    if (this.isLeaving()) return;
    const problem = whyUnavailable(probe, this.options.agentVersion);
    if (problem !== undefined) {
      this.giveUp(problem);
      return;
    }
    // A program that waits for us at its end is not blocked.
    const settings = probe.exiting ? { ...this.settings, thresholdMs: 0 } : this.settings;
    this.debuggee.thresholdMs = settings.thresholdMs;
    const hello: Hello = readHello(parse(await agent.connect(settings)));
    if (this.isLeaving()) return;
    this.seq = 0;
    this.late = hello.late;
    this.debuggee.hello(hello, this.clock.nowMs());
  }

  private async findAgent(agent: AgentCalls): Promise<Probe> {
    const { inject, loadsAgent, loaders, loadLimitMs = LOAD_LIMIT_MS } = this.options;
    let probe = await agent.probe(loaders);
    // A program or thread that has only just begun answers before it has loaded the agent.
    const waits = inject === undefined || loadsAgent === true || probe.loads === true;
    const untilMs = this.clock.nowMs() + (waits ? loadLimitMs : 0);
    while (canLoadAgent(probe) && this.clock.nowMs() < untilMs && !this.isLeaving()) {
      await new Promise<void>((resolve) => void this.clock.after(LOAD_WAIT_MS, resolve));
      if (!this.isLeaving()) probe = await agent.probe();
    }
    if (inject === undefined || !canLoadAgent(probe) || this.isLeaving()) return probe;
    await agent.inject(inject);
    return agent.probe();
  }

  private tick(): void {
    if (this.phase !== 'polling') return;
    if (!this.inFlight && !this.isHeld) void this.startPolls();
    else if (this.isSilent) this.fire(); // the time that is shown counts up
  }

  /** One poll and, while the agent has more, those that follow it. Never rejects. */
  private startPolls(): Promise<void> {
    const round = async (): Promise<void> => {
      try {
        await this.polls();
      } catch (error) {
        await this.recover(error);
      } finally {
        this.inFlight = undefined;
        this.silence?.dispose();
      }
    };
    this.inFlight = { sentAtMs: this.clock.nowMs(), done: Promise.resolve() };
    this.expectAnswer();
    this.inFlight.done = round();
    return this.inFlight.done;
  }

  private async polls(): Promise<void> {
    if (this.isAstray) await this.connectAgain();
    if (this.isAstray || !this.isPolling()) return;
    for (let count = 0; count < MAX_BEATS_IN_A_ROW; count++) {
      const askedAtMs = this.clock.nowMs();
      const { stops } = this;
      const text = await this.agent.poll(this.isInTurn);
      if (this.phase !== 'polling') return;
      this.heard();
      const poll = parse(text) as SentPoll | null;
      if (Number.isInteger(poll?.seq) && poll?.seq !== this.seq + 1)
        throw new ProtocolError('A message of the agent was lost.', true);
      this.apply(poll as SentPoll, askedAtMs);
      this.stopsKnown = stops;
      const settled = poll?.settled ?? 0;
      if (settled > 0 && this.debuggee.retentionMs > 0) await this.readOutcomes(settled);
      if (!poll?.more || !this.isPolling() || this.isHeld) return;
    }
  }

  /** The program has answered: it is not stuck. */
  private heard(): void {
    if (!this.inFlight) return;
    this.inFlight.sentAtMs = this.clock.nowMs();
    this.expectAnswer();
  }

  /** Without an answer within the threshold, and a little more for one that has come while we were busy ourselves. */
  private expectAnswer(): void {
    this.isSilent = false;
    this.silence?.dispose();
    const { thresholdMs } = this.settings;
    if (thresholdMs <= 0) return;
    this.silence = this.clock.after(thresholdMs, () => {
      this.silence = this.clock.after(DOUBT_MS, () => this.missed());
    });
  }

  private missed(): void {
    if (this.phase !== 'polling' || !this.inFlight) return;
    this.isSilent = true;
    this.wasBlocked = true;
    this.debuggee.silent(this.clock.nowMs(), this.inFlight.sentAtMs);
    this.fire();
  }

  /** How tasks ended is only asked for until the next poll. A failure costs no more than their results. */
  private async readOutcomes(settled: number): Promise<void> {
    try {
      const outcomes = await this.outcomes.read(this.agent, this.client, settled, () => this.heard());
      if (this.phase === 'polling') this.debuggee.settled(outcomes);
    } catch (error) {
      this.debuggee.settled([]);
      this.logger.debug(`The results of tasks were not read: ${String(error)}`);
    }
    this.fire();
  }

  private apply(poll: SentPoll, askedAtMs: number): void {
    const nowMs = this.clock.nowMs();
    this.debuggee.apply(poll, nowMs, askedAtMs);
    this.seq = poll.seq;
    this.isInTurn = poll.turn !== undefined && poll.nowMs - poll.turn.startedMs >= LONG_TURN_MS;
    const stack = poll.turn?.stack;
    const isBlocked = stack !== undefined;
    // a turn just over the threshold may end before the next pulse, one stack tells little, and one of Node alone less
    const isOpen = isBlocked && (!this.wasBlocked || userFrameIndex(stack) < 0);
    if (this.isInTurn) this.pulse(isOpen ? SECOND_LOOK_MS : PULSE_MS);
    const { entries, ended, blocks, syncCalls = [] } = poll;
    const news = entries.rows.length + ended.length + blocks.length + syncCalls.length > 0;
    if (news || isBlocked || this.wasBlocked || nowMs - this.firedAtMs >= AGES_MS) this.fire();
    this.wasBlocked = isBlocked;
  }

  /** Looks again before the next tick while a turn goes on: several stacks make a profile of it. */
  private pulse(afterMs: number): void {
    this.pulsing?.dispose();
    this.pulsing = this.clock.after(afterMs, () => {
      if (this.isPolling() && !this.inFlight && !this.isHeld) void this.startPolls();
    });
  }

  /** What the agent says unasked: its last words. What it has answered before them has been heard. */
  private receive(payload: string): void {
    if (this.isLeaving()) return;
    try {
      const finalUpdate = readFinalUpdate(parse(payload));
      this.applyLast(finalUpdate);
      this.debuggee.ending(finalUpdate);
      this.leave(finalUpdate);
    } catch (error) {
      this.logger.warn(`The last words of a program were not understood: ${String(error)}`);
    }
  }

  private applyLast({ hello, polls }: FinalUpdate): void {
    const nowMs = this.clock.nowMs();
    if (hello) {
      // it ends while it is being asked for the first time
      this.debuggee.thresholdMs = 0;
      this.debuggee.hello(hello, nowMs);
    }
    for (const poll of polls) this.debuggee.apply(poll, nowMs);
    // nobody can ask any more how they ended
    this.debuggee.settled([]);
  }

  /** The program waits at its end until nobody is connected: asks for its last words where they have not come. */
  async atEnd(): Promise<void> {
    if (this.isLeaving()) return;
    try {
      this.receive(await this.agent.finalUpdate());
    } catch (error) {
      this.logger.debug(`No last words: ${String(error)}`);
    }
  }

  private leave({ code }: FinalUpdate): void {
    this.phase = 'leaving';
    const end = (): void => this.end(code === undefined ? undefined : `exited with code ${code}`);
    if (this.options.beforeEnd) void this.beforeEnd().then(end);
    else end();
  }

  /** A conversation that lost its thread begins again; any other error ends it. */
  private async recover(error: unknown): Promise<void> {
    const lost = error instanceof EvaluationError || (error instanceof ProtocolError && error.resync);
    if (this.phase !== 'polling' || isPassing(error)) return; // to be asked again at the next tick, or told unasked
    if (!lost) {
      this.fail(error);
      return;
    }
    const nowMs = this.clock.nowMs();
    this.resyncs = [...this.resyncs.filter((atMs) => nowMs - atMs < RESYNC_WINDOW_MS), nowMs];
    if (this.resyncs.length > MAX_RESYNCS) {
      this.giveUp('The agent in the program does not answer in order: restart the program.');
      return;
    }
    this.logger.info(`Connecting again: ${error.message}`);
    await this.connectAgain();
  }

  private async connectAgain(): Promise<void> {
    this.isAstray = true;
    try {
      await this.connect();
      this.isAstray = false;
    } catch (failure) {
      if (!isPassing(failure)) this.fail(failure);
    }
  }

  private fail(error: unknown): void {
    if (this.isLeaving()) return;
    if (this.client.isClosed || isGone(error)) {
      this.end();
      return;
    }
    this.logger.warn(`The conversation with a program failed: ${String(error)}`);
    if (error instanceof ProtocolError) {
      this.giveUp(error.message);
      return;
    }
    const isSaid = error instanceof CdpError || error instanceof EvaluationError;
    const reason =
      error instanceof CdpError ? error.reason : isSaid ? error.message : 'it gave no proper answer';
    this.giveUp(`The program cannot be asked (${reason}): start it again.`);
  }

  private beforeEnd(): Promise<void> {
    this.ending ??= (this.options.beforeEnd?.() ?? Promise.resolve()).catch((error: unknown) =>
      this.logger.warn(`The end of a program: ${String(error)}`),
    );
    return this.ending;
  }

  private giveUp(note: string): void {
    if (!this.stop()) return;
    this.debuggee.unavailable(note);
    this.fire();
  }

  private stop(): boolean {
    if (this.phase === 'over') return false;
    this.phase = 'over';
    this.pulsing?.dispose();
    this.silence?.dispose();
    this.owned.dispose();
    return true;
  }

  // Methods, so that the compiler does not take the phase before an await for the one after it.
  private isPolling(): boolean {
    return this.phase === 'polling';
  }

  private hasEnded(): boolean {
    return this.phase === 'over';
  }

  /** It has said its last words, or there is nothing to be heard any more. */
  private isLeaving(): boolean {
    return this.phase === 'leaving' || this.hasEnded();
  }

  private fire(): void {
    this.firedAtMs = this.clock.nowMs();
    this.changed.fire();
  }

  /** Waits for `done`, but not for ever: a native call may hold the debuggee. */
  private async within(done: Promise<void>): Promise<void> {
    const limit: { timer?: Disposable } = {};
    const late = new Promise<void>((resolve) => (limit.timer = this.clock.after(REFRESH_LIMIT_MS, resolve)));
    await Promise.race([done, late]);
    limit.timer?.dispose();
  }
}

/** The program's own global scope comes first; those that it makes with `vm` are left alone. */
const MAIN_CONTEXT = 1;
/** After so many polls without a pause the debuggee gets its breath until the next tick. */
const MAX_BEATS_IN_A_ROW = 20;
/** A turn that has lasted so long is looked at so often. */
const LONG_TURN_MS = 5;
const PULSE_MS = 25;
const SECOND_LOOK_MS = 10;
/** An answer may be late by so much for reasons that are not the program's. */
const DOUBT_MS = 50;
/** Ages grow on the screen at least so often. */
const AGES_MS = 1000;
const REFRESH_LIMIT_MS = 1000;
const LOAD_WAIT_MS = 100;
const LOAD_LIMIT_MS = 2000;
const RESYNC_WINDOW_MS = 10_000;
const MAX_RESYNCS = 5;
/** A lost connection is tried again after 0.2, 0.4, 0.8, 1.6 and 3.2 s. */
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
/** One that is lost more often is given up. */
const MAX_LOSSES = 5;
const LOSS_WINDOW_MS = 60_000;

/** js-debug's proxy stays open when the program is gone, and Node answers when no JavaScript may run any more. */
function isGone(error: unknown): boolean {
  if (error instanceof EvaluationError) return error.message === AT_END;
  return wasTerminated(error) || (error instanceof CdpError && error.reason === 'Connection is closed');
}

/** The next question may be answered; if not, the connection closes. */
function isPassing(error: unknown): boolean {
  const isCutOff = error instanceof EvaluationError && (error.isAtStacksEdge || error.isInLastMessage);
  return isCutOff || wasTerminated(error);
}

/** What ran was made to end in the middle of the question: the whole worker, or a script that had a limit of time. */
function wasTerminated(error: unknown): boolean {
  return error instanceof CdpError && error.reason === 'Execution was terminated';
}

function isInLastMessage(error: unknown): boolean {
  return error instanceof EvaluationError && error.isInLastMessage;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError('The agent in the program sent something that is not JSON: restart the program.');
  }
}
