import { Emitter } from '../../src/base/emitter.js';
import type { Transport } from '../../src/cdp/transport.js';

export interface Sent {
  id: number;
  method: string;
  params: Record<string, unknown>;
}

/** What a script answers: a result, an error, or nothing (the request stays open). */
export type Answer = { result: unknown } | { error: { code: number; message: string } } | undefined;

/** The other side of a connection, played by a test. Answers come asynchronously, in order. */
export class ScriptedTransport implements Transport {
  readonly sent: Sent[] = [];
  isClosed = false;
  private readonly messages = new Emitter<string>(fail);
  private readonly closed = new Emitter<string>(fail);
  readonly onMessage = this.messages.event;
  readonly onDidClose = this.closed.event;

  constructor(private readonly script: (request: Sent) => Answer = () => undefined) {}

  send(message: string): void {
    const request = JSON.parse(message) as Sent;
    this.sent.push(request);
    const answer = this.script(request);
    if (answer) queueMicrotask(() => this.receive({ id: request.id, ...answer }));
  }

  receive(message: object | string): void {
    this.messages.fire(typeof message === 'string' ? message : JSON.stringify(message));
  }

  event(method: string, params: object = {}): void {
    this.receive({ method, params });
  }

  close(reason: string): void {
    this.isClosed = true;
    this.closed.fire(reason);
  }

  dispose(): void {
    this.isClosed = true;
  }
}

function fail(error: unknown): never {
  throw error;
}
