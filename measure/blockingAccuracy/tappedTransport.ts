import { Emitter, type Event } from '../../src/base/emitter.js';
import type { Transport } from '../../src/cdp/transport.js';

/** Ids that the product does not reach. */
const FIRST_ID = 1e9;

/** A connection that can be used for other commands too, as when a debugger shares its connection. */
export class TappedTransport implements Transport {
  readonly onMessage: Event<string>;
  readonly onDidClose: Event<string>;
  private nextId = FIRST_ID;

  constructor(private readonly inner: Transport) {
    const messages = new Emitter<string>((error) => {
      throw error;
    });
    this.onMessage = messages.event;
    this.onDidClose = inner.onDidClose;
    inner.onMessage((message) => {
      const { id = 0 } = JSON.parse(message) as { id?: number };
      if (id < FIRST_ID) messages.fire(message);
    });
  }

  send(message: string): void {
    this.inner.send(message);
  }

  command(method: string): void {
    this.send(JSON.stringify({ id: this.nextId++, method, params: {} }));
  }

  dispose(): void {
    this.inner.dispose();
  }
}
