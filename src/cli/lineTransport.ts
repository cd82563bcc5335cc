import type { Socket } from 'node:net';
import { Emitter } from '../base/emitter.js';
import { TOO_LARGE, type Transport } from '../cdp/transport.js';

/** Messages to a process that has connected to us by itself, one a line; what it sends is handed in by who reads it. */
export class LineTransport implements Transport {
  private readonly messages = new Emitter<string>(rethrow);
  private readonly closed = new Emitter<string>(rethrow);
  readonly onMessage = this.messages.event;
  readonly onDidClose = this.closed.event;
  private problem = '';

  private readonly waiting: (() => void)[] = [];

  constructor(private readonly socket: Socket) {
    socket.once('close', () => this.later(() => this.closed.fire(this.problem || 'connection closed')));
  }

  receive(message: string): void {
    this.later(() => this.messages.fire(message));
  }

  /** What the process sends cannot be understood. */
  fail(error: unknown): void {
    this.problem = error instanceof RangeError ? TOO_LARGE : String(error);
  }

  send(message: string): void {
    if (this.socket.writable) this.socket.write(`${message}\n`);
  }

  dispose(): void {
    this.socket.end();
  }

  /** What waits for an answer has gone on before the next message is told. */
  private later(tell: () => void): void {
    this.waiting.push(tell);
    if (this.waiting.length === 1) setImmediate(() => this.next());
  }

  private next(): void {
    this.waiting[0]?.();
    this.waiting.shift();
    if (this.waiting.length > 0) setImmediate(() => this.next());
  }
}

/** The client above catches what its listeners throw; anything else is a mistake of ours and must be seen. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
