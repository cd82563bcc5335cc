import { t } from '../base/texts.js';
import type { WebSocket } from 'ws' with { 'resolution-mode': 'import' };
import { Emitter } from '../base/emitter.js';
import { UserError } from '../base/userError.js';
import { TOO_LARGE, type Transport } from './transport.js';

/** Connects to js-debug's proxy or to an inspector. Rejects with a UserError when it does not open in time. */
export async function connectWebSocket(url: string, timeoutMs: number): Promise<Transport> {
  const ws = await import('ws'); // when it is wanted: it takes as long to load as half of the extension
  // Compression would only cost the debuggee time; ws itself switches Nagle's algorithm off.
  const socket = new ws.WebSocket(url, {
    perMessageDeflate: false,
    handshakeTimeout: timeoutMs,
    maxPayload: MAX_MESSAGE_BYTES,
    followRedirects: false,
    // What waits for an answer has gone on before the next message is told.
    allowSynchronousEvents: false,
  });
  const transport = new WebSocketTransport(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', (error) =>
      reject(new UserError(t('{0} cannot be reached: {1}', url, error.message))),
    );
  });
  return transport;
}

/** A poll of a program with very many promises is a few megabytes, a source map up to 30. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

class WebSocketTransport implements Transport {
  private readonly messages = new Emitter<string>(rethrow);
  private readonly closed = new Emitter<string>(rethrow);
  readonly onMessage = this.messages.event;
  readonly onDidClose = this.closed.event;
  private problem = '';

  constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => this.messages.fire((data as Buffer).toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.problem = error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? TOO_LARGE : error.message;
      socket.terminate(); // the other side may have much more to send before it would answer a farewell
    });
    socket.on('close', (_code, reason) =>
      this.closed.fire(this.problem || String(reason) || 'connection closed'),
    );
  }

  send(message: string): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(message);
  }

  dispose(): void {
    this.socket.close();
  }
}

/** The client above catches what its listeners throw; anything else is a mistake of ours and must be seen. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
