import { type ChildProcess, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import { PROGRAMS } from './folders.js';
import { TappedTransport } from './tappedTransport.js';

/** Holds a program up without its being at fault. */
export interface Disturbance {
  name: string;
  disturb(program: Disturbed): Promise<void>;
}

export interface Disturbed {
  child: ChildProcess;
  inspector: string;
  /** The connection over which the program is watched. */
  transport: TappedTransport;
}

const HELD_MS = 1_000;
const HOGGED_MS = 5_000;
const CONNECT_LIMIT_MS = 2_000;

export const DISTURBANCES: readonly Disturbance[] = [
  { name: 'stopped by SIGSTOP for 1 s', disturb: stop },
  { name: 'a busy process for each processor for 5 s', disturb: hog },
  { name: 'paused for 1 s by the debugger that watches it', disturb: ({ transport }) => pause(transport) },
  { name: 'paused for 1 s by another debugger', disturb: pauseFromOutside },
];

async function stop({ child }: Disturbed): Promise<void> {
  child.kill('SIGSTOP');
  await wait(HELD_MS);
  child.kill('SIGCONT');
}

async function hog(): Promise<void> {
  const hogs = cpus().map(() => spawn(process.execPath, [join(PROGRAMS, 'hog.cjs'), String(HOGGED_MS)]));
  await Promise.all(hogs.map((each) => new Promise((resolve) => each.once('exit', resolve))));
}

async function pause(transport: TappedTransport): Promise<void> {
  transport.command('Debugger.enable');
  transport.command('Debugger.pause');
  await wait(HELD_MS);
  transport.command('Debugger.resume');
  transport.command('Debugger.disable');
}

async function pauseFromOutside({ inspector }: Disturbed): Promise<void> {
  const transport = new TappedTransport(await connectWebSocket(inspector, CONNECT_LIMIT_MS));
  await pause(transport);
  await wait(HELD_MS);
  transport.dispose();
}
