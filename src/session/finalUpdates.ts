import { t } from '../base/texts.js';
import type { DisposableStore } from '../base/disposable.js';
import type { DecodedFinalUpdate } from '../model/wire/wireDecoder.js';
import { BINDING } from '../protocol/wire.js';
import type { Conversation } from './conversation.js';
import type { SessionState } from './sessionState.js';

/** Takes in the last message of the program, after which nothing can be asked. */
export class FinalUpdates {
  constructor(private readonly state: SessionState) {}

  /** It comes unasked. What the program has answered before it has been heard. */
  listen(conversation: Conversation, owned: DisposableStore): void {
    owned.add(
      conversation.client.on('Runtime.bindingCalled', ({ name, payload }) => {
        if (name === BINDING) this.receive(conversation, payload);
      }),
    );
  }

  /** The program waits at its end until nobody is connected: asks for its final update where that has not come. */
  async ask(conversation: Conversation): Promise<void> {
    const { state } = this;
    if (state.isLeaving()) return;
    try {
      this.receive(conversation, await conversation.agent.finalUpdate());
    } catch (error) {
      state.logger.debug(`No final update: ${String(error)}`);
    }
  }

  private receive({ decoder }: Conversation, payload: string): void {
    const { state } = this;
    if (state.isLeaving()) return;
    try {
      const finalUpdate = decoder.finalUpdate(payload);
      this.apply(finalUpdate);
      const { code } = finalUpdate;
      state.leave(code === undefined ? undefined : t('exited with code {0}', code));
    } catch (error) {
      state.logger.warn(`The final update of a program was not understood: ${String(error)}`);
    }
  }

  private apply({ hello, polls, recording = [], ...ending }: DecodedFinalUpdate): void {
    const { debuggee, clock, recording: received } = this.state;
    for (const sent of recording) received.add(sent);
    const nowMs = clock.nowMs();
    if (hello) {
      // it ends while it is being asked for the first time
      debuggee.thresholdMs = 0;
      debuggee.hello(hello, nowMs);
    }
    for (const poll of polls) debuggee.apply(poll, nowMs);
    // nobody can ask any more how they ended
    debuggee.settled([]);
    debuggee.ending(ending);
  }
}
