import { type Disposable, DisposableStore, toDisposable } from '../base/disposable.js';
import { Emitter } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import { allowedMethods, type ConnectionKind } from './allowedMethods.js';
import { CdpError } from './cdpError.js';
import type { Commands, Events } from './commands.js';
import type { Transport } from './transport.js';

export interface CdpClientOptions {
  /** Which allow-list holds; `shared` unless told. */
  connection?: ConnectionKind;
  /** Timer of request time limits; a test brings its own. */
  after?: (delayMs: number, run: () => void) => Disposable;
}

/** Speaks CDP over a transport that it owns: answers by request, events by name. */
export class CdpClient implements Disposable {
  readonly connection: ConnectionKind;
  /** Fires once, with the reason; requests that were open are rejected before. */
  readonly onDidClose: Emitter<string>['event'];
  private readonly after: (delayMs: number, run: () => void) => Disposable;
  private readonly owned = new DisposableStore();
  private readonly closed: Emitter<string>;
  private readonly listeners = new Map<string, Emitter<unknown>>();
  private readonly open = new Map<number, OpenRequest>();
  private lastId = 0;
  private closeReason: string | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly logger: Logger,
    options: CdpClientOptions = {},
  ) {
    this.connection = options.connection ?? 'shared';
    this.after = options.after ?? afterRealTime;
    this.closed = new Emitter((error) => this.logger.error('A close listener failed', error));
    this.onDidClose = this.closed.event;
    this.owned.add(transport);
    this.owned.add(transport.onMessage((text) => this.receive(text)));
    this.owned.add(transport.onDidClose((reason) => this.close(reason)));
  }

  get isClosed(): boolean {
    return this.closeReason !== undefined;
  }

  /** Rejects with a CdpError: refused by the other side, timed out, closed, or not on the allow-list. */
  send<M extends keyof Commands>(
    method: M,
    params?: Commands[M]['paramsType'][0],
    options: { timeoutMs?: number } = {},
  ): Promise<Commands[M]['returnType']> {
    if (!allowedMethods[this.connection].has(method)) {
      return Promise.reject(new CdpError(method, `is not allowed on a ${this.connection} connection`));
    }
    if (this.closeReason !== undefined) return Promise.reject(new CdpError(method, this.closeReason));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const request: OpenRequest = { method, resolve, reject };
      const { timeoutMs } = options;
      if (timeoutMs !== undefined) {
        request.timer = this.after(timeoutMs, () => {
          this.open.delete(id);
          reject(new CdpError(method, `no answer within ${timeoutMs} ms`));
        });
      }
      this.open.set(id, request);
      this.transport.send(JSON.stringify({ id, method, params: params ?? {} }));
    });
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E][0]) => void): Disposable {
    let emitter = this.listeners.get(event);
    if (!emitter) {
      emitter = new Emitter<unknown>((error) => this.logger.error(`A listener of ${event} failed`, error));
      this.listeners.set(event, emitter);
    }
    return emitter.event((params) => listener(params as Events[E][0]));
  }

  dispose(): void {
    this.close('the connection was closed');
  }

  private close(reason: string): void {
    if (this.closeReason !== undefined) return;
    this.closeReason = reason;
    this.owned.dispose();
    const requests = [...this.open.values()];
    this.open.clear();
    for (const request of requests) {
      request.timer?.dispose();
      request.reject(new CdpError(request.method, reason));
    }
    this.closed.fire(reason);
    this.closed.dispose();
    for (const emitter of this.listeners.values()) emitter.dispose();
    this.listeners.clear();
  }

  private receive(text: string): void {
    const message = parse(text);
    if (!message) {
      this.logger.warn(`Not a CDP message: ${text.slice(0, 200)}`);
      return;
    }
    if (typeof message.id === 'number') this.answer(message.id, message);
    else if (typeof message.method === 'string')
      this.listeners.get(message.method)?.fire(message.params ?? {});
  }

  /** An answer that nobody waits for any more came after its time limit. */
  private answer(id: number, message: Message): void {
    const request = this.open.get(id);
    if (!request) return;
    this.open.delete(id);
    request.timer?.dispose();
    if (message.error) {
      const { message: reason, code } = message.error;
      request.reject(new CdpError(request.method, typeof reason === 'string' ? reason : 'failed', code));
    } else {
      request.resolve((message.result ?? {}) as never);
    }
  }
}

interface OpenRequest {
  method: string;
  // The answer's type is known to the caller of `send` only.
  resolve: (result: never) => void;
  reject: (error: CdpError) => void;
  timer?: Disposable;
}

interface Message {
  id?: unknown;
  method?: unknown;
  params?: unknown;
  result?: unknown;
  error?: { message?: unknown; code?: number };
}

function parse(text: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

function afterRealTime(delayMs: number, run: () => void): Disposable {
  const timer = setTimeout(run, delayMs);
  return toDisposable(() => clearTimeout(timer));
}
