import { type Disposable, DisposableStore } from '../base/disposable.js';
import { Emitter } from '../base/emitter.js';
import type { CdpClient } from './client.js';
import type { Transport } from './transport.js';

/** Reaches a worker thread through the inspector of its process: messages travel inside messages. */
export class WorkerTransport implements Transport {
  private readonly messages: Emitter<string>;
  private readonly closed: Emitter<string>;
  private readonly owned = new DisposableStore();
  readonly onMessage: Transport['onMessage'];
  readonly onDidClose: Transport['onDidClose'];

  constructor(
    private readonly client: CdpClient,
    private readonly sessionId: string,
    onError: (error: unknown) => void,
  ) {
    this.messages = new Emitter(onError);
    this.closed = new Emitter(onError);
    this.onMessage = this.messages.event;
    this.onDidClose = this.closed.event;
    const add = (item: Disposable): Disposable => this.owned.add(item);
    add(
      client.on('NodeWorker.receivedMessageFromWorker', (event) => {
        if (event.sessionId === sessionId) this.messages.fire(event.message);
      }),
    );
    add(
      client.on('NodeWorker.detachedFromWorker', (event) => {
        if (event.sessionId === sessionId) this.close('the worker ended');
      }),
    );
    add(client.onDidClose((reason) => this.close(reason)));
  }

  send(message: string): void {
    this.client.send('NodeWorker.sendMessageToWorker', { sessionId: this.sessionId, message }).catch(() => {
      // The worker or its process has just ended; its end is told by an event.
    });
  }

  dispose(): void {
    this.close('the connection was closed');
  }

  private close(reason: string): void {
    this.owned.dispose();
    this.closed.fire(reason);
    this.closed.dispose();
    this.messages.dispose();
  }
}
