import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';
import { CdpClient } from '../cdp/client.js';
import { connectWebSocket } from '../cdp/webSocketTransport.js';
import type { Debuggee } from '../model/debuggee.js';
import { DebuggeeSession, type DebuggeeSessionOptions } from './debuggeeSession.js';

/** Where the JavaScript debugger lets others speak CDP with one of its programs. */
export interface ProxyAddress {
  host: string;
  port: number;
  path?: string;
}

const CONNECT_LIMIT_MS = 5_000;

/** Connects to a program through the JavaScript debugger. Rejects when the connection does not open. */
export async function connectProxy(
  address: ProxyAddress,
  debuggee: Debuggee,
  options: DebuggeeSessionOptions,
  clock: Clock,
  logger: Logger,
): Promise<DebuggeeSession> {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const transport = await connectWebSocket(
    `ws://${host}:${address.port}${address.path ?? ''}`,
    CONNECT_LIMIT_MS,
  );
  return new DebuggeeSession(new CdpClient(transport, logger), debuggee, options, clock, logger);
}
