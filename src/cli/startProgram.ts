import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connectWebSocket } from '../cdp/webSocketTransport.js';
import type { Transport } from '../cdp/transport.js';
import { withRequire } from '../session/injection.js';
import { hidingOption, type InspectorAddress } from './inspectorAddress.js';
import { InspectorNoise } from './inspectorNoise.js';
import type { ProgramCommand } from './programCommand.js';
import { RUN_VARIABLE, type RunInspector, type RunVariable } from './runVariable.js';

/** How the program came to its end. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** It could not be started. */
  failure?: Error;
}

/** What all processes of the program are told. */
export type Inherited = Pick<RunVariable, 'socket' | 'token'>;

/**
 * The program opens its own inspector where Node's words about that can be taken out of its stderr. A terminal is the
 * program's own; what a command starts need not be Node at all; and a user who opens the inspector wants to connect.
 */
export function opensInspector(command: ProgramCommand, words: readonly string[]): boolean {
  const users = process.env['NODE_OPTIONS'] ?? '';
  const file = words.findIndex((word) => !word.startsWith('-'));
  const options = [users, ...words.slice(0, Math.max(0, file))].join(' ');
  return command.kind === 'node' && !process.stderr.isTTY && !/(?:^|\s)--inspect/.test(options);
}

/** `inspector`: where the program opens its own; `preload`: the file that all processes of Node require. */
export function startProgram(
  command: ProgramCommand,
  words: readonly string[],
  preload: string,
  inherited: Inherited,
  inspector: Omit<RunInspector, 'nodeOptions' | 'tool'> | undefined,
  { env: more, ...how }: { stdio: StdioOptions; cwd?: string; env?: Record<string, string> },
): ChildProcess {
  const nodeOptions = withRequire(process.env['NODE_OPTIONS'] ?? '', preload);
  const variable: RunVariable = {
    ...inherited,
    ...(inspector && { inspector: { ...inspector, tool: process.pid, nodeOptions } }),
  };
  const env = {
    ...process.env,
    ...more,
    NODE_OPTIONS: inspector ? `${hidingOption(process.version)} ${nodeOptions}` : nodeOptions,
    [RUN_VARIABLE]: JSON.stringify(variable),
  };
  if (command.kind === 'node') return spawn(process.execPath, words, { ...how, env });
  const { file = '' } = command;
  const args = words.slice(1);
  if (!/\.(?:cmd|bat)$/i.test(file)) return spawn(file, args, { ...how, env });
  const line = [file, ...args].map(forCommandPrompt).join(' ');
  const shell = process.env['ComSpec'] ?? 'cmd.exe';
  return spawn(shell, ['/d', '/s', '/c', `"${line}"`], {
    ...how,
    env,
    windowsVerbatimArguments: true,
  });
}

/** A batch file of Windows reads its arguments a second time. */
function forCommandPrompt(word: string): string {
  const quoted = `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, '$1$1')}"`;
  return quoted.replace(/[()%!^"<>&|;, ]/g, '^$&');
}

export function endOf(program: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    program.once('exit', (code, signal) => resolve({ code, signal }));
    program.once('error', (failure) => resolve({ code: 1, signal: null, failure }));
  });
}

/** Connects as soon as the program's inspector is there; `undefined`: it is over before that. */
export async function connectWhenOpen(
  address: InspectorAddress,
  over: AbortSignal,
): Promise<Transport | undefined> {
  while (!over.aborted) {
    try {
      const url = address.read();
      if (url === undefined) throw new Error('its inspector has not opened');
      const transport = await connectWebSocket(url, CONNECT_LIMIT_MS);
      address.dispose();
      return transport;
    } catch {
      await delay(CONNECT_PAUSE_MS);
    }
  }
  return undefined;
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

/** Resolves when all of the program's stderr has been passed on. */
export async function passStderr({ stderr }: ChildProcess, port: number): Promise<void> {
  if (!stderr) return;
  const noise = new InspectorNoise(port);
  let timer: NodeJS.Timeout | undefined;
  const pass = (bytes: Buffer): void => {
    if (bytes.length > 0 && !process.stderr.write(bytes)) {
      stderr.pause();
      process.stderr.once('drain', () => stderr.resume());
    }
  };
  stderr.on('data', (chunk: Buffer) => {
    clearTimeout(timer);
    pass(noise.take(chunk));
    timer = setTimeout(() => pass(noise.flush()), HOLD_MS);
  });
  await once(stderr, 'close');
  clearTimeout(timer);
  pass(noise.flush());
}

const CONNECT_LIMIT_MS = 2000;
const CONNECT_PAUSE_MS = 10;
/** Node writes a line in one piece; only a read may cut it. */
const HOLD_MS = 5;
