import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { until } from '../../test/support/until.js';
import { Debugging } from '../../test/vscode/support/debugging.js';
import { api, projectFile } from '../../test/vscode/support/extension.js';
import { withSetting } from '../../test/vscode/support/withSetting.js';

/** What is measured, and how; in the environment variable SESSION_SPEED. */
interface Options {
  /** The program's Node, and one for what asks it. */
  node: string;
  client: string;
  server: { file: string; env: Record<string, string>; path: string };
  rounds: number;
  seconds: number;
  connections: number;
  /** Where the results go: requests a second by way and round. */
  results: string;
}

/** A server that is up. */
interface Running {
  port: number;
  stop(): Promise<void>;
}

const PLAIN = 'plain';
const WARM_UP_S = 5;
/** By then a server that had nothing to do has spent what it saved for places. */
const LEAD_IN_S = 2;
const START_MS = 30_000;
const WRAPPER = ['measure', 'sessionSpeed', 'listening.cjs'];
const LOAD = ['measure', 'scale', 'load.mjs'];

/** Asks one server in turns in each way it can be debugged, all of them up, in the debugger of this VS Code. */
export async function run(): Promise<void> {
  const options = JSON.parse(process.env['SESSION_SPEED'] ?? '') as Options;
  await api();
  const folder = mkdtempSync(join(tmpdir(), 'nad-speed-'));
  const debugged = (configuration: object) => startDebugged(options, folder, configuration);
  const ways: Record<string, () => Promise<Running>> = {
    [PLAIN]: () => startPlain(options, folder),
    session: () => debugged({ asyncDebugger: false }),
    'with us': () => debugged({}),
    onceBreakpoint: async () => {
      let running: Running | undefined;
      await withSetting('session.asyncStacks', 'onceBreakpoint', async () => {
        running = await debugged({});
      });
      if (running === undefined) throw new Error('The server was not started');
      return running;
    },
  };
  try {
    const without = await together(ways, options);
    const sessions = Object.fromEntries(Object.entries(ways).filter(([way]) => way !== PLAIN));
    const file = projectFile(...WRAPPER);
    const place = new vscode.Location(vscode.Uri.file(file), new vscode.Position(lastLine(file), 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place, true, 'false')]);
    const withBreakpoint = await together(sessions, options);
    writeFileSync(options.results, JSON.stringify({ without, withBreakpoint }));
  } finally {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Requests a second by way and round; all are up at once. */
async function together(
  ways: Record<string, () => Promise<Running>>,
  options: Options,
): Promise<Record<string, number[]>> {
  const servers = new Map<string, Running>();
  try {
    for (const [way, start] of Object.entries(ways)) servers.set(way, await start());
    for (const { port } of servers.values()) await ask(options, port, WARM_UP_S);
    return await takeTurns(servers, options);
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

async function takeTurns(
  servers: ReadonlyMap<string, Running>,
  options: Options,
): Promise<Record<string, number[]>> {
  const figures: Record<string, number[]> = {};
  for (let round = 0; round < options.rounds; round++)
    for (const [way, { port }] of servers) {
      await ask(options, port, LEAD_IN_S);
      (figures[way] ??= []).push(await ask(options, port, options.seconds));
    }
  return figures;
}

/** Requests a second. */
async function ask({ client, server, connections }: Options, port: number, seconds: number): Promise<number> {
  const url = `http://127.0.0.1:${port}${server.path}`;
  const args = [projectFile(...LOAD), url, String(connections), String(seconds)];
  const { stdout } = await promisify(execFile)(client, args);
  const { failed, perSecond } = JSON.parse(stdout) as { failed: number; perSecond: number };
  if (failed > 0) throw new Error(`${failed} requests were not answered`);
  return perSecond;
}

let started = 0;

function portFile(folder: string): string {
  return join(folder, `port-${++started}`);
}

function listens(file: string): Promise<number> {
  return until(
    'the server listens',
    () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined),
    START_MS,
  );
}

async function startDebugged(
  { node, server }: Options,
  folder: string,
  configuration: object,
): Promise<Running> {
  const file = portFile(folder);
  const debugging = await Debugging.start({
    program: projectFile(...WRAPPER),
    args: [server.file, file],
    env: server.env,
    runtimeExecutable: node,
    ...configuration,
  });
  return { port: await listens(file), stop: () => debugging.stop() };
}

async function startPlain({ node, server }: Options, folder: string): Promise<Running> {
  const file = portFile(folder);
  const env = { ...process.env, NODE_OPTIONS: '', ...server.env };
  const child: ChildProcess = spawn(node, [projectFile(...WRAPPER), server.file, file], {
    env,
    stdio: 'ignore',
  });
  return {
    port: await listens(file),
    stop: async () => {
      child.kill('SIGKILL');
      await until('the server has ended', () => child.signalCode ?? child.exitCode ?? undefined);
    },
  };
}

/** Of code, from 0. */
function lastLine(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length - 1;
}
