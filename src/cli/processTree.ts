import { t } from '../base/texts.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { Transport } from '../cdp/transport.js';
import type { Recording } from '../recording/threadRecording.js';
import type { Snapshot } from '../protocol/snapshot.js';
import type { LibraryOperations } from '../protocol/wire.js';
import { systemClock } from '../session/systemClock.js';
import type { CliEnvironment } from './command.js';
import type { ProgramEnd } from './endReport.js';
import { InspectedProgram } from './inspectedProgram.js';
import type { OutputFile } from './outputFile.js';
import type { ConnectedProcess } from './processServer.js';
import { ProcessWatch, type Telling } from './processWatch.js';
import { terminalText } from './terminalText.js';

export interface WatchOptions {
  thresholdMs: number;
  libraries: LibraryOperations;
  out?: OutputFile | undefined;
  /** What waits for one thing for longer is told; absent: as a debuggee has it. */
  slowAfterMs?: number;
  /** How much the flight recorders hold; absent: nothing is recorded. */
  recordingSeconds?: number;
  /** What is started is no program of people's own but a tool that runs such. */
  isTool: boolean;
}

/** The program that was started, and all processes of Node below it that let themselves be asked. */
export class ProcessTree {
  private readonly watches = new Map<string, ProcessWatch>();
  /** Session of each process that has told of itself, by process id: the latest. */
  private readonly sessions = new Map<number, string>();
  /** Those that have ended are kept up to a number. */
  private forgotten = 0;
  private readonly ends = new Set<Promise<void>>();
  private main: ProcessWatch | undefined;
  private hasBegun = (): void => {};
  /** Some process was looked at. */
  readonly begun = new Promise<void>((resolve) => (this.hasBegun = resolve));

  constructor(
    private readonly options: WatchOptions,
    private readonly environment: CliEnvironment,
  ) {}

  /** The program itself, whose inspector listens on a port; resolves when it has been looked at. */
  async addProgram(transport: Transport, session: string, name: string): Promise<void> {
    const program = this.inspected(transport, { session, name, loadLimitMs: 0 });
    this.main = this.watch(session, program, false);
    await program.start();
    this.hasBegun();
  }

  /** A process that has connected by itself; `mainPid`: id of the program's own process. */
  async addProcess({ hello, transport }: ConnectedProcess, mainPid: number | undefined): Promise<void> {
    const { pid, by, name } = hello;
    const session = this.freeSession(pid);
    const isMain = pid === mainPid && !this.main;
    const parent = by === undefined ? undefined : this.sessions.get(by);
    this.sessions.set(pid, session);
    const program = this.inspected(transport, {
      session,
      name: name || `node ${pid}`,
      ...(parent === undefined ? {} : { parent }),
      loadLimitMs: LOAD_LIMIT_MS,
    });
    const watch = this.watch(session, program, !isMain || this.options.isTool);
    if (isMain) this.main = watch;
    else program.onDidClose(() => this.ended(watch));
    await program.start();
    this.hasBegun();
  }

  /** No process has been watched. */
  get isEmpty(): boolean {
    return this.watches.size === 0;
  }

  /** How long the program itself has gone on unseen; absent: it was not watched, or what ended was no program of Node. */
  get unseenMs(): number | undefined {
    return this.main?.program.unseenMs;
  }

  /** Sees all processes as they are now, if they answer soon; also one that was only just started. */
  async look(): Promise<void> {
    await Promise.race([this.begun, delay(LOOK_LIMIT_MS, undefined, { ref: false })]);
    await Promise.all([...this.watches.values()].map(({ program }) => program.look(LOOK_LIMIT_MS)));
  }

  async whenSettled(): Promise<void> {
    await Promise.all([...this.watches.values()].map(({ program }) => program.whenSettled(SETTLE_LIMIT_MS)));
  }

  snapshot(): Snapshot {
    const processes = [...this.watches.values()].flatMap((watch) => watch.processes);
    return { version: 1, takenAt: new Date().toISOString(), processes };
  }

  /** What all processes have done. */
  recordings(): Recording[] {
    return [...this.watches.values()].flatMap(({ program }) => program.recordings());
  }

  /** Tells what remains to be told when the program has ended, and with it all that is watched. */
  async end(end: Omit<ProgramEnd, 'wasBlocked'>): Promise<void> {
    const { main } = this;
    for (const watch of this.watches.values()) if (watch !== main) this.ended(watch);
    await main?.end();
    await Promise.all(this.ends);
    const paragraphs = main?.report({ ...end, ownTasksOnly: this.options.isTool }, process.cwd());
    for (const paragraph of paragraphs ?? []) this.tell(paragraph, main);
  }

  private inspected(
    transport: Transport,
    identity: { session: string; name: string; parent?: string; loadLimitMs: number },
  ): InspectedProgram {
    const { thresholdMs, libraries, recordingSeconds, slowAfterMs } = this.options;
    const { version, logger } = this.environment;
    const options = {
      ...identity,
      isUnnamed: true,
      settings: {
        thresholdMs,
        siteBudget: SITE_BUDGET,
        libraries,
        ...(recordingSeconds === undefined ? {} : { recordingSeconds }),
      },
      retentionMs: RETENTION_MS,
      ...(slowAfterMs !== undefined && { slowAfterMs }),
      agentVersion: version,
    };
    return new InspectedProgram(transport, options, systemClock, logger);
  }

  private watch(session: string, program: InspectedProgram, ownCodeOnly: boolean): ProcessWatch {
    const telling: Telling = {
      tell: (paragraph, watch) => this.tell(paragraph, watch),
      onWarning: (warning) => this.options.out?.write({ event: 'warning', warning }),
    };
    const watch = new ProcessWatch(program, telling, ownCodeOnly);
    if (this.options.recordingSeconds !== undefined) watch.record();
    this.watches.set(session, watch);
    return watch;
  }

  private ended(watch: ProcessWatch): void {
    if (watch.hasEnded) return;
    const end = watch.end().then(() => {
      const paragraphs = watch.report({ signal: null, ownTasksOnly: true }, process.cwd());
      for (const paragraph of paragraphs) this.tell(paragraph, watch);
      this.forgetOldest();
      this.ends.delete(end);
    });
    this.ends.add(end);
  }

  private forgetOldest(): void {
    const ended = [...this.watches].filter(([, watch]) => watch.hasEnded && watch !== this.main);
    for (const [session] of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) {
      this.watches.delete(session);
      this.forgotten++;
    }
  }

  private tell({ text, tree }: { text: string; tree?: string }, watch: ProcessWatch | undefined): void {
    const [process_] = watch?.processes ?? [];
    const isOne = this.watches.size + this.forgotten === 1;
    this.environment.say(
      isOne || !process_ ? text : t('{0} (process {1}): {2}', process_.name, process_.pid, text),
    );
    if (tree !== undefined) process.stderr.write(`${terminalText(tree)}\n`);
  }

  /** A process id may come again. */
  private freeSession(pid: number): string {
    let session = `process-${pid}`;
    for (let count = 2; this.watches.has(session); count++) session = `process-${pid}-${count}`;
    return session;
  }
}

const SITE_BUDGET = 0.1;
/** Tasks that ended shortly before a snapshot are in it. */
const RETENTION_MS = 10_000;
/** A process connects while it still loads the agent. */
const LOAD_LIMIT_MS = 2000;
/** A signal is not passed on later than twice this. */
const LOOK_LIMIT_MS = 1000;
const SETTLE_LIMIT_MS = 1000;
const MAX_ENDED = 200;
