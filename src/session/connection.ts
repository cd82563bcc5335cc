import { t } from '../base/texts.js';
import { DisposableStore } from '../base/disposable.js';
import type { CdpClient } from '../cdp/client.js';
import { TOO_LARGE } from '../cdp/transport.js';
import { BINDING } from '../protocol/wire.js';
import { Conversation } from './conversation.js';
import { isAstray, isGone, isInLastMessage, isPassing, noteOf } from './conversationErrors.js';
import { RecentCount } from './recentCount.js';
import type { SessionState } from './sessionState.js';
import { whyUnavailable } from './whyUnavailable.js';

/** What is done with each connection, the first one and those after a loss. `owned` ends with the connection. */
export interface ConnectionUser {
  /** Called before anything is asked. */
  listen(conversation: Conversation, owned: DisposableStore): void;
  /** Called when the conversation has begun. */
  begun(owned: DisposableStore): Promise<void>;
}

/** The connection to the program: it is opened, opened anew after a loss, and the conversation on it begun again. */
export class Connection {
  conversation: Conversation;
  /** The agent came into the program while it was running already. */
  isLate = false;
  /** The conversation has to begin again before anything else is asked. */
  isAstray = false;
  private owned = new DisposableStore();
  private readonly losses = new RecentCount(LOSS_WINDOW_MS);
  private readonly resyncs = new RecentCount(RESYNC_WINDOW_MS);

  constructor(
    private readonly state: SessionState,
    client: CdpClient,
    private readonly user: ConnectionUser,
  ) {
    this.conversation = new Conversation(client);
    state.parts.add({ dispose: () => this.owned.dispose() });
  }

  /** Begins the conversation over the present connection. Never rejects. */
  async open(): Promise<void> {
    const { state, conversation, owned } = this;
    const { client } = conversation;
    state.phase = 'connecting';
    state.debuggee.thresholdMs = state.settings.thresholdMs;
    owned.add(client.onDidClose((reason) => void this.lost(reason)));
    this.user.listen(conversation, owned);
    try {
      if (client.connection === 'shared') {
        await client.send('JsDebug.subscribe', {
          events: ['Runtime.bindingCalled', 'Debugger.paused', 'Debugger.resumed'],
        });
      }
      await client.send('Runtime.addBinding', { name: BINDING, executionContextId: MAIN_CONTEXT });
      await this.begin();
      if (state.isLeaving() || client.isClosed) return;
      state.phase = 'polling';
      await this.user.begun(owned);
    } catch (error) {
      if (!client.isClosed && !isInLastMessage(error)) this.fail(error);
    }
  }

  /** Begins the conversation, or begins it again. */
  private async begin(): Promise<void> {
    const { state, conversation } = this;
    const probe = await conversation.findAgent(state);
    if (state.isLeaving()) return;
    const problem = whyUnavailable(probe, state.options.agentVersion);
    if (problem !== undefined) {
      state.giveUp(problem);
      return;
    }
    // A program that waits for us at its end is not blocked.
    const settings = probe.exiting ? { ...state.settings, thresholdMs: 0 } : state.settings;
    state.debuggee.thresholdMs = settings.thresholdMs;
    const hello = await conversation.begin(settings);
    if (state.isLeaving()) return;
    this.isLate = hello.late;
    state.debuggee.hello(hello, state.clock.nowMs());
  }

  /** The connection has closed: connects again as long as there is hope, else the view ends. Never rejects. */
  private async lost(reason: string): Promise<void> {
    const { state } = this;
    const { reconnect } = state.options;
    if (state.isOver()) return;
    if (reason === TOO_LARGE) {
      state.giveUp(t('The program sent more at once than the debugger takes: restart the program.'));
      return;
    }
    if (!reconnect || state.isLeaving()) {
      state.end();
      return;
    }
    state.logger.info(`The connection was lost: ${reason}`);
    state.phase = 'connecting';
    this.owned.dispose();
    this.owned = new DisposableStore();
    state.debuggee.disconnected();
    state.fire();
    const client = await this.reconnected(reconnect);
    if (state.isOver()) {
      client?.dispose();
    } else if (client) {
      this.conversation = new Conversation(client);
      await this.open();
    } else {
      state.end();
    }
  }

  private async reconnected(reconnect: () => Promise<CdpClient | undefined>): Promise<CdpClient | undefined> {
    const { state } = this;
    if (this.losses.add(state.clock.nowMs()) > MAX_LOSSES) return undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !state.isOver(); attempt++) {
      await this.pause(FIRST_PAUSE_MS * 2 ** attempt);
      if (state.isOver()) break;
      const client = await reconnect().catch((error: unknown) => {
        state.logger.debug(`No connection: ${String(error)}`);
        return undefined;
      });
      if (client) return client;
    }
    return undefined;
  }

  private pause(durationMs: number): Promise<void> {
    return new Promise((resolve) => this.owned.add(this.state.clock.after(durationMs, resolve)));
  }

  /** A conversation that lost its thread begins again; any other error ends it. */
  async recover(error: unknown): Promise<void> {
    const { state } = this;
    if (!state.isPolling() || isPassing(error)) return; // to be asked again at the next tick, or told unasked
    if (!isAstray(error)) {
      this.fail(error);
      return;
    }
    if (this.resyncs.add(state.clock.nowMs()) > MAX_RESYNCS) {
      state.giveUp(t('The agent in the program does not answer in order: restart the program.'));
      return;
    }
    state.logger.info(`Connecting again: ${error.message}`);
    await this.beginAgain();
  }

  async beginAgain(): Promise<void> {
    this.isAstray = true;
    try {
      await this.begin();
      this.isAstray = false;
    } catch (failure) {
      if (!isPassing(failure)) this.fail(failure);
    }
  }

  private fail(error: unknown): void {
    const { state } = this;
    if (state.isLeaving()) return;
    if (this.conversation.client.isClosed || isGone(error)) {
      state.end();
      return;
    }
    state.logger.warn(`The conversation with a program failed: ${String(error)}`);
    state.giveUp(noteOf(error));
  }
}

/** The program's own global scope comes first; those that it makes with `vm` are left alone. */
const MAIN_CONTEXT = 1;
const RESYNC_WINDOW_MS = 10_000;
const MAX_RESYNCS = 5;
/** A lost connection is tried again after 0.2, 0.4, 0.8, 1.6 and 3.2 s. */
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
/** One that is lost more often is given up. */
const MAX_LOSSES = 5;
const LOSS_WINDOW_MS = 60_000;
