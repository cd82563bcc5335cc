import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../base/disposable.js';
import { Emitter, type Event } from '../base/emitter.js';
import type { Logger } from '../base/logger.js';
import type { Transport } from '../cdp/transport.js';
import { LineReader } from './lineReader.js';
import { LineTransport } from './lineTransport.js';
import type { ProcessHello } from './runVariable.js';

/** A process that lets itself be asked. */
export interface ConnectedProcess {
  hello: ProcessHello;
  transport: Transport;
}

/**
 * Where the processes of a program tell the tool of themselves: a socket in a folder that only this user may enter, on
 * Windows a pipe whose name nobody knows. Whoever connects has to know the token, too.
 */
export class ProcessServer implements Disposable {
  readonly token = randomBytes(16).toString('hex');
  readonly onDidConnect: Event<ConnectedProcess>;
  private readonly connected: Emitter<ConnectedProcess>;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly socket: string,
    private readonly folder: string | undefined,
    private readonly server: Server,
    logger: Logger,
  ) {
    this.connected = new Emitter((error) => logger.error('A process could not be watched', error));
    this.onDidConnect = this.connected.event;
    server.on('connection', (socket) => this.greet(socket));
    server.on('error', (error) => logger.error('Processes cannot connect', error));
  }

  /** `undefined` where there can be none, and what the program starts runs unwatched. */
  static async open(logger: Logger): Promise<ProcessServer | undefined> {
    try {
      const isWindows = process.platform === 'win32';
      const folder = isWindows ? undefined : mkdtempSync(join(tmpdir(), 'asyncdebug-'));
      const socket = folder === undefined ? pipeName() : join(folder, 'processes');
      const server = createServer().listen(socket);
      await once(server, 'listening');
      return new ProcessServer(socket, folder, server, logger);
    } catch (error) {
      logger.debug(`No process can connect: ${String(error)}`);
      return undefined;
    }
  }

  /** Nobody can connect any more; who is connected loses the connection. */
  dispose(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  private greet(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {}); // it closes then
    socket.once('close', () => this.sockets.delete(socket));
    let transport: LineTransport | undefined;
    const lines = new LineReader((line) => {
      if (transport) {
        transport.receive(line);
        return;
      }
      const hello = this.read(line);
      transport = new LineTransport(socket);
      this.connected.fire({ hello, transport });
    }, MAX_LINE_BYTES);
    socket.on('data', (bytes: Buffer) => {
      try {
        lines.take(bytes);
      } catch (error) {
        transport?.fail(error);
        socket.destroy();
      }
    });
  }

  /** Throws where something else speaks than a process that was told of us. */
  private read(line: string): ProcessHello {
    const { token, pid, by, name } = JSON.parse(line) as Partial<Record<keyof ProcessHello, unknown>>;
    const given = Buffer.from(typeof token === 'string' ? token : '');
    const expected = Buffer.from(this.token);
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Error('a wrong token');
    if (!isPid(pid) || (by !== undefined && !isPid(by)) || typeof name !== 'string')
      throw new Error('no hello');
    return { token: this.token, pid, name: name.slice(0, MAX_NAME), ...(by === undefined ? {} : { by }) };
  }
}

function isPid(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 32;
}

function pipeName(): string {
  return `\\\\.\\pipe\\asyncdebug-${randomBytes(16).toString('hex')}`;
}

/** As large as a message over a web socket may be. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const MAX_NAME = 200;
