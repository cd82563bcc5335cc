import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Transport } from '../cdp/transport.js';
import { connectWebSocket } from '../cdp/webSocketTransport.js';
import { withRequire } from '../session/injection.js';
import { hidingOption, type InspectorAddress } from './inspectorAddress.js';
import { RUN_VARIABLE, type RunVariable } from './runVariable.js';

/** Files that a program requires which is started to be watched. */
export interface RequiredFiles {
  agentPath: string;
  inspectPath: string;
}

/** Starts node with these words so that it loads the agent and opens an inspector that it tells nobody but us of. */
export function startProgram(
  program: readonly string[],
  inspector: { port: number; addressFile: string },
  { agentPath, inspectPath }: RequiredFiles,
  { env: more, ...how }: { stdio: StdioOptions; cwd?: string; env?: Record<string, string> },
): ChildProcess {
  const users = process.env['NODE_OPTIONS'] ?? '';
  const nodeOptions = withRequire(users, agentPath);
  const hiding = opensInspector(program, users) ? '' : hidingOption(process.version);
  const variable: RunVariable = { ...inspector, parent: process.pid, nodeOptions };
  const env = {
    ...process.env,
    ...more,
    // The inspector opens after the agent is there.
    NODE_OPTIONS: `${hiding} ${withRequire(withRequire(users, inspectPath), agentPath)}`,
    [RUN_VARIABLE]: JSON.stringify(variable),
  };
  return spawn(process.execPath, program, { env, ...how });
}

/** The user wants to connect to the program: then its address must be told as always. */
function opensInspector(program: readonly string[], nodeOptions: string): boolean {
  const file = program.findIndex((word) => !word.startsWith('-'));
  return /(?:^|\s)--inspect/.test([nodeOptions, ...program.slice(0, Math.max(0, file))].join(' '));
}

/** Connects as soon as the program's inspector is there; `undefined` when it is over before that, and why. */
export async function connectWhenOpen(
  address: InspectorAddress,
  over: AbortSignal,
): Promise<{ transport: Transport } | { problem: string }> {
  let problem = '';
  while (!over.aborted) {
    try {
      const url = address.read();
      if (url === undefined) throw new Error('its inspector has not opened');
      const transport = await connectWebSocket(url, CONNECT_LIMIT_MS);
      address.dispose();
      return { transport };
    } catch (error) {
      problem = (error as Error).message;
      await delay(CONNECT_PAUSE_MS);
    }
  }
  return { problem };
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const CONNECT_LIMIT_MS = 2000;
const CONNECT_PAUSE_MS = 10;
