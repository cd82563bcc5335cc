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

/**
 * Connects to a program through the JavaScript debugger, and again with a new address when the connection is lost.
 * `undefined` when there is no address. Rejects when the connection does not open.
 */
export async function connectProxy(
  address: () => Promise<ProxyAddress | undefined>,
  debuggee: Debuggee,
  options: DebuggeeSessionOptions,
  clock: Clock,
  logger: Logger,
): Promise<DebuggeeSession | undefined> {
  const connect = async (): Promise<CdpClient | undefined> => {
    const found = await address();
    if (!found) return undefined;
    return new CdpClient(await connectWebSocket(proxyUrl(found), CONNECT_LIMIT_MS), logger);
  };
  const client = await connect();
  return client && new DebuggeeSession(client, debuggee, { ...options, reconnect: connect }, clock, logger);
}

/** Address of its WebSocket. */
export function proxyUrl({ host, port, path = '' }: ProxyAddress): string {
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
}
