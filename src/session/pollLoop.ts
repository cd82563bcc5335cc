import type { Disposable } from '../base/disposable.js';
import { withTimeLimit } from '../base/timeLimit.js';
import { userFrameIndex } from '../model/codeOrigin.js';
import type { Poll } from '../protocol/wire.js';
import type { Connection } from './connection.js';
import type { DebuggerStops } from './debuggerStops.js';
import type { SessionState } from './sessionState.js';
import { SilenceWatch } from './silenceWatch.js';
import { OutcomeReader } from './taskOutcomes.js';

/** Polls that are under way: one, and while the agent has more those that follow it. */
interface Asking {
  /** When the last of them was sent, or answered. */
  sinceMs: number;
  /** It has been unanswered for longer than a callback may take. */
  isSilent: boolean;
  done: Promise<void>;
}

/** Asks the program again and again, one question at a time, and applies its answers to the debuggee. */
export class PollLoop {
  private asking: Asking | undefined;
  private nextLook: Disposable | undefined;
  /** Nothing is asked for now. */
  private isHeld = false;
  /** The last poll found something of the program on the stack. */
  private isInTurn = false;
  /** The last poll found the program blocked. */
  private wasBlocked = false;
  private readonly silence: SilenceWatch;
  private readonly outcomes: OutcomeReader;

  constructor(
    private readonly state: SessionState,
    private readonly connection: Connection,
    private readonly stops: DebuggerStops,
  ) {
    this.silence = new SilenceWatch(state.clock, () => this.missed());
    this.outcomes = new OutcomeReader(state.clock);
    state.parts.add(this.silence);
    state.parts.add({ dispose: () => this.nextLook?.dispose() });
  }

  tick(): void {
    if (!this.state.isPolling()) return;
    if (!this.asking && !this.isHeld) void this.start();
    else if (this.asking?.isSilent === true) this.state.fire(); // the time that is shown counts up
  }

  /** One poll and, while the agent has more, those that follow it. Never rejects. */
  start(): Promise<void> {
    const asking: Asking = { sinceMs: 0, isSilent: false, done: Promise.resolve() };
    this.asking = asking;
    this.expectAnswer(asking);
    asking.done = this.run();
    return asking.done;
  }

  /** Resolves when what is known is as fresh as the program allows: at once while it does not answer. */
  async refresh(): Promise<void> {
    const { state } = this;
    if (!state.isPolling()) return;
    if (this.asking) await this.within(this.asking.done);
    // another caller may have asked meanwhile
    if (state.isPolling() && !this.isHeld) await this.within(this.asking?.done ?? this.start());
  }

  /**
   * Asks nothing while `run` lasts and the program comes to a stop by it: a pause could not tell our question from the
   * code that is to be paused.
   */
  async undisturbed(run: () => PromiseLike<unknown>): Promise<void> {
    this.isHeld = true;
    try {
      if (this.asking?.isSilent === false) await this.within(this.asking.done);
      const paused = this.stops.nextPause();
      await run();
      await this.within(paused);
    } finally {
      this.isHeld = false;
    }
  }

  /** The program has come to the stop for which nothing was asked. */
  release(): void {
    this.isHeld = false;
  }

  private async run(): Promise<void> {
    try {
      await this.polls();
    } catch (error) {
      await this.connection.recover(error);
    } finally {
      this.asking = undefined;
      this.silence.stop();
    }
  }

  private async polls(): Promise<void> {
    const { state, connection, stops } = this;
    if (connection.isAstray) await connection.beginAgain();
    if (connection.isAstray || !state.isPolling()) return;
    for (let count = 0; count < MAX_POLLS_IN_A_ROW; count++) {
      const askedAtMs = state.clock.nowMs();
      const stopsBefore = stops.count;
      const { agent, decoder } = connection.conversation;
      const text = await agent.poll(this.isInTurn);
      if (!state.isPolling()) return;
      this.answered();
      const poll = decoder.poll(text);
      this.apply(poll, askedAtMs);
      stops.known = stopsBefore;
      if (poll.settled > 0 && state.debuggee.retentionMs > 0) await this.readOutcomes(poll.settled);
      if (!poll.more || !state.isPolling() || this.isHeld) return;
    }
  }

  private apply(poll: Poll, askedAtMs: number): void {
    const { state } = this;
    const nowMs = state.clock.nowMs();
    state.debuggee.apply(poll, nowMs, askedAtMs);
    this.isInTurn = poll.turn !== undefined && poll.nowMs - poll.turn.startedMs >= LONG_TURN_MS;
    const stack = poll.turn?.stack;
    const isBlocked = stack !== undefined;
    // a turn just over the threshold may end before the next look, one stack tells little, and one of Node alone less
    const isOpen = isBlocked && (!this.wasBlocked || userFrameIndex(stack) < 0);
    if (this.isInTurn) this.lookAgain(isOpen ? SECOND_LOOK_MS : LOOK_MS);
    const { entries, ended, blocks, syncCalls = [] } = poll;
    const news = entries.length + ended.length + blocks.length + syncCalls.length > 0;
    if (news || isBlocked || this.wasBlocked || nowMs - state.toldAtMs >= AGES_MS) state.fire();
    this.wasBlocked = isBlocked;
  }

  /** Looks again before the next tick while a turn goes on: several stacks make a profile of it. */
  private lookAgain(afterMs: number): void {
    this.nextLook?.dispose();
    this.nextLook = this.state.clock.after(afterMs, () => {
      if (this.state.isPolling() && !this.asking && !this.isHeld) void this.start();
    });
  }

  /** How tasks ended is only asked for until the next poll. A failure costs no more than their results. */
  private async readOutcomes(settled: number): Promise<void> {
    const { state } = this;
    const { agent, client } = this.connection.conversation;
    try {
      const outcomes = await this.outcomes.read(agent, client, settled, () => this.answered());
      if (state.isPolling()) state.debuggee.settled(outcomes);
    } catch (error) {
      state.debuggee.settled([]);
      state.logger.debug(`The results of tasks were not read: ${String(error)}`);
    }
    state.fire();
  }

  /** The program has answered: it is not stuck. */
  private answered(): void {
    if (this.asking) this.expectAnswer(this.asking);
  }

  private expectAnswer(asking: Asking): void {
    asking.sinceMs = this.state.clock.nowMs();
    asking.isSilent = false;
    this.silence.restart(this.state.settings.thresholdMs);
  }

  private missed(): void {
    const { state, asking } = this;
    if (!state.isPolling() || !asking) return;
    asking.isSilent = true;
    this.wasBlocked = true;
    state.debuggee.silent(state.clock.nowMs(), asking.sinceMs);
    state.fire();
  }

  /** Waits for `done`, but not for ever: a native call may hold the program. */
  private async within(done: Promise<void>): Promise<void> {
    await withTimeLimit(done, REFRESH_LIMIT_MS, this.state.clock);
  }
}

/** After so many polls without a pause the program gets its breath until the next tick. */
const MAX_POLLS_IN_A_ROW = 20;
/** A turn that has lasted so long is looked at so often. */
const LONG_TURN_MS = 5;
const LOOK_MS = 25;
const SECOND_LOOK_MS = 10;
/** Ages grow on the screen at least so often. */
const AGES_MS = 1000;
const REFRESH_LIMIT_MS = 1000;
