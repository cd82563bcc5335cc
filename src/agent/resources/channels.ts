/** Node's own announcements of what happens in its libraries. */
import type { Above } from '../stacks/capture.js';
import type { ClientRequest } from './clientRequest.js';
import type { LiveList } from '../records/liveList.js';
import { subscribe, unsubscribe } from '../realm/nodesFunctions.js';

/** What is announced, by the channel's name. */
interface Messages {
  'tracing:net.server.listen:asyncStart': { server: object };
  'http.server.request.start': { response: object };
  'http.client.request.created': { request: ClientRequest };
  'undici:request:create': { request: object };
  'undici:request:headers': { request: object };
  'undici:request:trailers': { request: object };
  'undici:request:error': { request: object };
}

/** Listens as carefully as a hook must: nothing that is thrown reaches the program. */
export class Channels {
  errors = 0;

  constructor(private readonly live: LiveList) {}

  /** Calls `listener` with each message and with the function to leave out of stacks; returns what ends it. */
  listen<Name extends keyof Messages>(
    name: Name,
    listener: (message: Messages[Name], hook: Above) => void,
  ): () => void {
    return this.listenTo(name, listener as (message: object, hook: Above) => void);
  }

  /** The same for a channel of a library. */
  listenTo(name: string, listener: (message: object, hook: Above) => void): () => void {
    const guarded = (message: unknown): void => {
      if (typeof message !== 'object' || message === null) return;
      try {
        listener(message, guarded);
      } catch {
        this.errors++;
      }
      this.live.isFilling = false;
    };
    subscribe?.(name, guarded);
    return () => unsubscribe?.(name, guarded);
  }
}
