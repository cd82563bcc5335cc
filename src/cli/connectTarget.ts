import { basename, isAbsolute } from 'node:path';
import type { Transport } from '../cdp/transport.js';
import { connectWebSocket } from '../cdp/webSocketTransport.js';
import type { Target } from './arguments.js';
import { inspectorTarget } from './inspectorList.js';
import { inspectorOf } from './nodeProcess.js';

/** A connection to the inspector of a running program. */
export interface ConnectedTarget {
  transport: Transport;
  /** `HOST:PORT`. */
  session: string;
  name: string;
  /** The name tells nothing of the program. */
  isUnnamed: boolean;
}

/** Connects to a process of this machine or to an inspector. Rejects with a UserError. */
export async function connectTarget(target: Target): Promise<ConnectedTarget> {
  const { host, port } = await inspectorOf(target);
  return connectInspector(host, port);
}

/** Rejects with a UserError. */
export async function connectInspector(host: string, port: number): Promise<ConnectedTarget> {
  const { title, webSocketUrl } = await inspectorTarget(host, port, CONNECT_LIMIT_MS);
  return {
    transport: await connectWebSocket(webSocketUrl, CONNECT_LIMIT_MS),
    session: `${host}:${port}`,
    name: isAbsolute(title) ? basename(title) : title || 'node',
    isUnnamed: title === '' || /\[\d+\]$/.test(title),
  };
}

const CONNECT_LIMIT_MS = 3000;
