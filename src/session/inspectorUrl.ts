import type { Logger } from '../base/logger.js';
import { CdpClient } from '../cdp/client.js';
import { connectWebSocket } from '../cdp/webSocketTransport.js';
import { proxyUrl, type ProxyAddress } from './connectProxy.js';

/**
 * Asks a program through the JavaScript debugger where its own inspector listens, for a connection beside the debugger's.
 * `undefined`: it has none, as a worker thread. Rejects when the debugger or the program does not answer.
 */
export async function inspectorUrl(address: ProxyAddress, logger: Logger): Promise<string | undefined> {
  const client = new CdpClient(await connectWebSocket(proxyUrl(address), LIMIT_MS), logger);
  try {
    const { result } = await client.send('Runtime.evaluate', { ...QUESTION }, { timeoutMs: LIMIT_MS });
    const url: unknown = result.value;
    return typeof url === 'string' && url.startsWith('ws://') ? url : undefined;
  } finally {
    client.dispose();
  }
}

const QUESTION = {
  expression: `require('node:inspector').url()\n//# sourceURL=node-async-debugger-inspector.cdp`,
  includeCommandLineAPI: true,
  returnByValue: true,
  silent: true,
  disableBreaks: true,
};
const LIMIT_MS = 5_000;
