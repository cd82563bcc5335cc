import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const LIMIT_MS = 180_000;
const LISTENING = /^Debugger listening on (ws:\S+)/;

/** How a program is run: its arguments for Node, and what differs in its environment. */
export interface Way {
  node: string;
  nodeArgs?: readonly string[];
  /** Files that every process and thread of it requires first. */
  preloads: readonly string[];
  env?: Record<string, string>;
}

/** A program that says what it does in lines of JSON. */
export class Program {
  readonly child: ChildProcess;
  /** Addresses of the inspectors of all its processes. */
  readonly inspectors: string[] = [];
  private readonly said: object[] = [];
  private heard: () => void = () => undefined;
  private errors = '';
  private ended = false;

  constructor(file: string, args: readonly string[], { node, nodeArgs = [], preloads, env = {} }: Way) {
    const options = preloads.map((preload) => `--require "${preload}"`).join(' ');
    this.child = spawn(node, [...nodeArgs, file, ...args], {
      env: { ...process.env, ...env, NODE_OPTIONS: options },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.child;
    if (stdout) createInterface(stdout).on('line', (line) => this.take(JSON.parse(line) as object));
    if (stderr) createInterface(stderr).on('line', (line) => this.takeError(line));
    this.child.once('close', () => {
      this.ended = true;
      this.heard();
    });
  }

  /** What it says next that has this key. Rejects when it ends without, or takes too long. */
  async next<T>(key: string): Promise<T> {
    const over = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const at = this.said.findIndex((message) => key in message);
      if (at >= 0) return this.said.splice(at, 1)[0] as T;
      if (this.ended || over.aborted)
        throw new Error(`${this.child.spawnargs.join(' ')} did not say "${key}":\n${this.errors}`);
      await Promise.race([new Promise<void>((resolve) => (this.heard = resolve)), wait(1_000)]);
    }
  }

  /** All that it has said with this key and nobody has taken. */
  all<T>(key: string): T[] {
    return this.said.filter((message) => key in message) as T[];
  }

  /** Resolves when so many of its processes have told the address of their inspector. */
  async inspected(processes: number): Promise<readonly string[]> {
    while (this.inspectors.length < processes && !this.ended) await wait(10);
    return this.inspectors;
  }

  begin(): void {
    this.child.stdin?.write('begin\n');
  }

  async end(): Promise<void> {
    if (this.ended) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  private take(message: object): void {
    this.said.push(message);
    this.heard();
  }

  private takeError(line: string): void {
    const found = LISTENING.exec(line)?.[1];
    if (found !== undefined) this.inspectors.push(found);
    else this.errors += `${line}\n`;
  }
}
