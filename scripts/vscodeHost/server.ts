import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../run.js';
import { installServer } from './install.js';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 1_000;

/** Keeps VS Code quiet: nothing is fetched, proposed or restored, and no welcome page covers the views. */
const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.restoreWindows': 'none',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  // Otherwise the TypeScript server asks the npm registry for types.
  'js/ts.tsserver.automaticTypeAcquisition.enabled': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

export interface ServerOptions {
  /** Lets the workbench load an extension from a folder and run tests in the extension host. */
  forTests?: boolean;
  /** Asks for trust before a folder may run code; off by default. */
  workspaceTrust?: boolean;
  settings?: Record<string, unknown>;
  /** Where the server keeps user data, extensions and its log. Default: a temporary folder. */
  home?: string;
  /** 0, the default, lets the system choose. */
  port?: number;
}

/** What the address of the workbench asks for. */
export interface WorkbenchTarget {
  folder?: string;
  /** Folder of an extension to load from source. Needs a server for tests. */
  extension?: string;
  /** Module whose `run()` the extension host calls. */
  tests?: string;
  /** Added to the environment of the extension host. */
  env?: Record<string, string>;
}

/** A running VS Code server. It and everything it started end with `stop`. */
export class VsCodeServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly home: string,
    private readonly ownsHome: boolean,
    /** `http://127.0.0.1:PORT/` */
    readonly address: string,
  ) {}

  static async start(options: ServerOptions = {}): Promise<VsCodeServer> {
    const { node, main } = await installServer();
    // The server's sockets live in its home, and their paths have to stay short.
    const home = options.home ?? mkdtempSync(join(tmpdir(), 'nad-'));
    writeSettings(home, {
      ...QUIET_SETTINGS,
      'security.workspace.trust.enabled': options.workspaceTrust === true,
      ...options.settings,
    });
    const args = [
      main,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--force-disable-user-env', '--disable-getting-started-override'],
      ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
      // Without it a built VS Code ignores the extension and the tests that the address names.
      ...(options.forTests === true ? ['--enable-smoke-test-driver'] : []),
      ...folderArgs(home),
    ];
    // A process group of its own, so that extension host, terminals and debuggees go when the server goes.
    const child = spawn(node, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: serverEnv(home),
      detached: true,
    });
    const port = await listeningPort(child, logFile(home));
    return new VsCodeServer(child, home, options.home === undefined, `http://127.0.0.1:${port}/`);
  }

  /** Address that opens the workbench on a folder. */
  url(target: WorkbenchTarget): string {
    const query = new URLSearchParams();
    if (target.folder === undefined) query.set('ew', 'true');
    else query.set('folder', resolve(target.folder));
    const payload: string[][] = [];
    if (target.extension !== undefined)
      payload.push(['extensionDevelopmentPath', remoteUri(target.extension)]);
    if (target.tests !== undefined) payload.push(['extensionTestsPath', remoteUri(target.tests)]);
    if (target.env !== undefined) payload.push(['extensionEnvironment', JSON.stringify(target.env)]);
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `${this.address}?${query.toString()}`;
  }

  /** What the server and its extension hosts have printed. */
  log(): string {
    return readFileSync(logFile(this.home), 'utf8');
  }

  /** Resolves when the server has ended by itself or by `stop`. */
  async ended(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise<void>((done) => this.child.once('exit', () => done()));
  }

  async stop(): Promise<void> {
    const deadline = Date.now() + STOP_LIMIT_MS;
    for (let alive = this.signal('SIGTERM'); alive && Date.now() < deadline; alive = this.signal(0))
      await delay(50);
    this.signal('SIGKILL');
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    if (this.ownsHome) rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  private signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.child;
    if (pid === undefined) return false;
    try {
      return process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      return false; // all of it has ended
    }
  }
}

/** Installs a .vsix into a home by the server's own command. */
export async function installExtension(vsix: string, home: string): Promise<void> {
  const { node, main } = await installServer();
  const args = [
    main,
    '--install-extension',
    vsix,
    '--force',
    '--accept-server-license-terms',
    ...folderArgs(home),
  ];
  const { code, output } = await run(node, args, { env: serverEnv(home) });
  if (code !== 0 || !/successfully installed/.test(output))
    throw new Error(`VS Code did not install ${vsix}:\n${output.trim()}`);
}

function folderArgs(home: string): string[] {
  const folders = { 'server-data-dir': 'data', 'user-data-dir': 'user', 'extensions-dir': 'extensions' };
  return Object.entries(folders).flatMap(([name, folder]) => {
    mkdirSync(join(home, folder), { recursive: true });
    return [`--${name}`, join(home, folder)];
  });
}

function serverEnv(home: string): NodeJS.ProcessEnv {
  return { ...process.env, EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }), TMPDIR: home };
}

function writeSettings(home: string, settings: Record<string, unknown>): void {
  const folder = join(home, 'user', 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

function logFile(home: string): string {
  return join(home, 'server.log');
}

async function listeningPort(child: ChildProcess, file: string): Promise<number> {
  const log = createWriteStream(file);
  let printed = '';
  try {
    return await new Promise<number>((found, reject) => {
      const read = (chunk: Buffer): void => {
        log.write(chunk);
        printed += chunk.toString();
        const line = /Extension host agent listening on (\d+)/.exec(printed);
        if (line) found(Number(line[1]));
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}:\n${printed}`)));
      setTimeout(
        () => reject(new Error(`The VS Code server did not start in ${START_LIMIT_MS} ms:\n${printed}`)),
        START_LIMIT_MS,
      ).unref();
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** The server's name for a file of this machine. */
function remoteUri(path: string): string {
  return `vscode-remote://remote${encodeURI(resolve(path))}`;
}
