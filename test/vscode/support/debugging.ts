import * as vscode from 'vscode';
import type { ProcessSnapshot, Task } from '../../../src/protocol/snapshot.js';
import { api } from './extension.js';
import { until } from '../../support/until.js';

/** An event of the debug adapter, as far as it is looked at here. */
interface AdapterMessage {
  event?: string;
  body?: { category?: string; output?: string };
}

let runs = 0;

/** One press of F5: the session that it starts and those below it. */
export class Debugging {
  private readonly sessions = new Map<string, vscode.DebugSession>();
  private readonly ended = new Set<string>();
  private readonly output: string[] = [];
  private readonly subscriptions: vscode.Disposable[];

  private constructor(private readonly name: string) {
    this.subscriptions = [
      vscode.debug.onDidStartDebugSession((session) => {
        if (this.isOurs(session)) this.sessions.set(session.id, session);
      }),
      vscode.debug.onDidTerminateDebugSession((session) => void this.ended.add(session.id)),
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: () => ({
          onDidSendMessage: (message: AdapterMessage) => this.listen(message),
        }),
      }),
    ];
  }

  /** Starts debugging and waits until VS Code says that it has. */
  static async start(configuration: Record<string, unknown>): Promise<Debugging> {
    const debugging = new Debugging(`test ${++runs}`);
    const whole = { type: 'node', request: 'launch', ...configuration, name: debugging.name };
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!(await vscode.debug.startDebugging(folder, whole)))
      throw new Error(`VS Code did not start debugging ${JSON.stringify(configuration)}`);
    return debugging;
  }

  /** What the extension says of the processes of this run. */
  async processes(): Promise<ProcessSnapshot[]> {
    const { processes } = await (await api()).snapshot();
    return processes.filter(({ session }) => this.sessions.has(session));
  }

  /** Waits until there is a process of which this is true. */
  process(
    what: string,
    isIt: (process: ProcessSnapshot) => boolean,
    limitMs?: number,
  ): Promise<ProcessSnapshot> {
    return until(what, async () => (await this.processes()).find(isIt), limitMs);
  }

  /** Waits until there is a task of which this is true, in whatever process. */
  task(what: string, isIt: (task: Task) => boolean, limitMs?: number): Promise<Task> {
    return until(
      what,
      async () => (await this.processes()).flatMap(({ tasks }) => tasks).find(isIt),
      limitMs,
    );
  }

  /** What the program has printed. */
  printed(): string {
    return this.output.join('');
  }

  /** Debug sessions of this run that have not ended. */
  alive(): vscode.DebugSession[] {
    return [...this.sessions.values()].filter(({ id }) => !this.ended.has(id));
  }

  async untilOver(limitMs?: number): Promise<void> {
    await until(
      'every debug session has ended',
      () => (this.sessions.size > 0 && this.alive().length === 0) || undefined,
      limitMs,
    );
  }

  async stop(): Promise<void> {
    try {
      const [root] = this.sessions.values();
      if (root !== undefined && this.alive().length > 0) {
        await vscode.debug.stopDebugging(root);
        await this.untilOver();
      }
    } finally {
      for (const subscription of this.subscriptions) subscription.dispose();
    }
  }

  private isOurs(session: vscode.DebugSession): boolean {
    for (
      let above: vscode.DebugSession | undefined = session;
      above !== undefined;
      above = above.parentSession
    )
      if (above.name === this.name) return true;
    return false;
  }

  private listen(message: AdapterMessage): void {
    const { event, body } = message;
    if (event === 'output' && body?.category !== 'telemetry') this.output.push(body?.output ?? '');
  }
}
