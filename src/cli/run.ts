import { t } from '../base/texts.js';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RECORDING_VARIABLE } from '../protocol/recording.js';
import type { Snapshot } from '../protocol/snapshot.js';
import type { LibraryOperations } from '../protocol/wire.js';
import { systemClock } from '../session/systemClock.js';
import type { CliEnvironment } from './command.js';
import { InspectorAddress } from './inspectorAddress.js';
import { OutputFile } from './outputFile.js';
import { writeRecordingTo } from './recordingOutput.js';
import { ProcessServer } from './processServer.js';
import { ProcessTree } from './processTree.js';
import { type ProgramCommand, programCommand, surroundings } from './programCommand.js';
import { annotations, failure } from './runFindings.js';
import { endAs, passSignals } from './signals.js';
import {
  connectWhenOpen,
  type End,
  endOf,
  freePort,
  opensInspector,
  passStderr,
  startProgram,
} from './startProgram.js';

export interface RunAsked {
  /** What blocks for longer is told. 0: nothing is. */
  thresholdMs: number;
  /** File for what happens, as JSON lines. */
  out?: string;
  snapshotAfterMs?: number;
  /** Operations of libraries that are shown; absent: those that are safe. */
  libraries?: LibraryOperations;
  /** File for a recording of what the tasks did. */
  record?: string;
  /** What waits for one thing for longer is told; absent: ten seconds. */
  slowAfterMs?: number;
  /** Kinds of warnings and findings with which the run ends with code 1; absent: none. */
  failOn?: string[];
  /** Annotations for a job of GitHub Actions are written at the end. */
  annotates?: true;
  /** A program with its arguments, after options of Node where it has such; or a command with its arguments. */
  program: string[];
}

/**
 * Runs a program and tells what blocks it and what it leaves pending, and of all processes of Node that it starts; ends as
 * it ended. Rejects with an OptionError before the program has started when --out cannot be written.
 */
export async function run(asked: RunAsked, environment: CliEnvironment): Promise<void> {
  const { say, inspectPath } = environment;
  const out = asked.out === undefined ? undefined : await OutputFile.open(asked.out, say);
  const command = programCommand(asked.program, surroundings());
  const { thresholdMs, libraries = 'safe' } = asked;
  const tree = new ProcessTree(
    {
      thresholdMs,
      libraries,
      out,
      isTool: isTool(command, asked.program),
      ...(asked.record === undefined ? {} : { recordingSeconds: RECORDED_SECONDS }),
      ...(asked.slowAfterMs !== undefined && { slowAfterMs: asked.slowAfterMs }),
    },
    environment,
  );
  const server = await ProcessServer.open(environment.logger);
  const inspector = opensInspector(command, asked.program) ? await InspectorPort.find() : undefined;
  const inherited = { socket: server?.socket ?? '', token: server?.token ?? '' };
  const program = startProgram(command, asked.program, inspectPath, inherited, inspector?.told, {
    stdio: ['inherit', 'inherit', inspector ? 'pipe' : 'inherit'],
    ...(asked.record === undefined ? {} : { env: { [RECORDING_VARIABLE]: String(RECORDED_SECONDS) } }),
  });
  const stderr = passStderr(program, inspector?.port ?? 0);
  const ended = endOf(program);
  server?.onDidConnect((connected) => void tree.addProcess(connected, program.pid));
  const signals = passSignals(program, () => tree.look());
  const watching = inspector?.watch(tree, ended, fileName(asked.program));
  const snapshot = new LaterSnapshot(tree, out);
  if (asked.snapshotAfterMs !== undefined) snapshot.after(asked.snapshotAfterMs);
  const { code, signal, failure } = await ended;
  const { unseenMs = 0 } = tree;
  await Promise.race([stderr, delay(STDERR_LIMIT_MS)]);
  await watching;
  await snapshot.end();
  inspector?.address.dispose();
  if (tree.isEmpty) say(command.kind === 'node' ? notWatched() : noNode());
  await tree.end({ signal, ...(unseenMs > LOST_MS ? { unseenMs } : {}) });
  server?.dispose();
  if (failure) say(t('The program could not be started: {0}', failure.message));
  if (!tree.isEmpty) out?.write({ event: 'snapshot', snapshot: tree.snapshot() });
  if (asked.record !== undefined && !tree.isEmpty) writeRecordings(asked.record, tree, environment);
  const isFailed = tellOfFindings(asked, tree.snapshot(), say);
  out?.write({ event: 'exit', code, signal });
  await out?.end();
  signals.dispose();
  endAs(code === 0 && isFailed ? 1 : code, signal);
}

/** What the caller of the run wants to know of what was found. True: the run fails by it. */
function tellOfFindings(asked: RunAsked, snapshot: Snapshot, say: CliEnvironment['say']): boolean {
  if (asked.annotates)
    for (const line of annotations(snapshot, process.cwd())) process.stderr.write(`${line}\n`);
  const why = failure(snapshot, asked.failOn ?? []);
  if (why !== undefined) say(why);
  return why !== undefined;
}

function writeRecordings(path: string, tree: ProcessTree, { say, version }: CliEnvironment): void {
  try {
    const madeAt = systemClock.isoNow();
    const snapshot = tree.snapshot();
    writeRecordingTo(path, { madeAt, madeBy: version, recordings: tree.recordings(), snapshot });
  } catch (error) {
    say((error as Error).message);
  }
}

/** Where the inspector of the program itself is to listen. */
class InspectorPort {
  readonly address = new InspectorAddress();

  private constructor(readonly port: number) {}

  static async find(): Promise<InspectorPort> {
    return new InspectorPort(await freePort());
  }

  get told(): { port: number; addressFile: string } {
    return { port: this.port, addressFile: this.address.file };
  }

  async watch(tree: ProcessTree, ended: Promise<End>, name: string): Promise<void> {
    const over = new AbortController();
    void ended.then(() => over.abort());
    const transport = await connectWhenOpen(this.address, over.signal);
    if (transport) await tree.addProgram(transport, `127.0.0.1:${this.port}`, name);
  }
}

/** `node app.js` is the program itself. */
function isTool({ kind }: ProgramCommand, [word = '']: readonly string[]): boolean {
  return kind === 'command' && !/^node(?:\.exe)?$/.test(basename(word));
}

function fileName(words: readonly string[]): string {
  return basename(words.find((word) => !word.startsWith('-')) ?? 'node');
}

/** One of all tasks while the program runs. */
class LaterSnapshot {
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;
  private written: Promise<void> = Promise.resolve();

  constructor(
    private readonly tree: ProcessTree,
    private readonly out: OutputFile | undefined,
  ) {}

  /** Counted from when the first process was looked at. */
  after(afterMs: number): void {
    const write = async (): Promise<void> => {
      await this.tree.whenSettled();
      this.out?.write({ event: 'snapshot', snapshot: this.tree.snapshot() });
    };
    void this.tree.begun.then(() => {
      if (!this.hasEnded) this.timer = setTimeout(() => void (this.written = write()), afterMs);
    });
  }

  /** Resolves when what has begun is written. */
  end(): Promise<void> {
    this.hasEnded = true;
    clearTimeout(this.timer);
    return this.written;
  }
}

function notWatched(): string {
  return t(
    'The program was not watched: the agent was switched off there, or its inspector could not be reached.',
  );
}

function noNode(): string {
  return t(
    'No process was watched: none of Node.js 18 or later was started with our NODE_OPTIONS, or the agent was switched off. Give the program itself: asyncdebug run server.js; and tests processes of their own: without --test-isolation=none.',
  );
}

/** It is asked all the time, so that the ring need only bridge a block. */
const RECORDED_SECONDS = 30;
/** A process that the program leaves behind may keep its stderr open. */
const STDERR_LIMIT_MS = 500;
/** A connection that closes earlier was lost; at the end both come together. */
const LOST_MS = 300;
