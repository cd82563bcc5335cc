import type { Disposable } from '../base/disposable.js';
import type { Event } from '../base/emitter.js';

/** Carries CDP messages as text. Sending on a closed transport does nothing. Disposing closes it. */
export interface Transport extends Disposable {
  send(message: string): void;
  readonly onMessage: Event<string>;
  /** Fires once, with the reason. */
  readonly onDidClose: Event<string>;
}

/** Why a connection closes over which the other side has sent more than is taken. */
export const TOO_LARGE = 'a message was too large';
