import { t } from '../base/texts.js';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../base/logger.js';
import { counted } from '../model/numbers.js';
import type { TimedWarning, ProcessSnapshot, Snapshot } from '../protocol/snapshot.js';
import { RECORDING_VARIABLE } from '../protocol/recording.js';
import { systemClock } from '../session/systemClock.js';
import type { Command } from './arguments.js';
import { endReport, type ProgramEnd } from './endReport.js';
import { InspectedProgram } from './inspectedProgram.js';
import { InspectorAddress } from './inspectorAddress.js';
import { InspectorNoise } from './inspectorNoise.js';
import { OutputFile } from './outputFile.js';
import { RecordedProgram } from './recordedProgram.js';
import { writeRecordingTo } from './recordingOutput.js';
import { endAs, passSignals } from './signals.js';
import { connectWhenOpen, freePort, type RequiredFiles, startProgram } from './startProgram.js';
import { terminalText } from './terminalText.js';
import { warningText } from './warningText.js';

export interface RunEnvironment extends RequiredFiles {
  version: string;
  /** Writes one line for people to stderr. */
  say: (line: string) => void;
  logger: Logger;
}

/**
 * Runs a program and tells what blocks it and what it leaves pending; ends as it ended. Rejects with an OptionError before
 * the program has started when --out cannot be written.
 */
export async function run(command: RunCommand, environment: RunEnvironment): Promise<void> {
  const out = command.out === undefined ? undefined : await OutputFile.open(command.out, environment.say);
  const port = await freePort();
  const address = new InspectorAddress();
  // On a terminal the program keeps it, and shows Node's own lines about the inspector there; elsewhere they are
  // taken out on the way.
  const stderrOf = process.stderr.isTTY ? 'inherit' : 'pipe';
  const program = startProgram(command.program, { port, addressFile: address.file }, environment, {
    stdio: ['inherit', 'inherit', stderrOf],
    ...(command.record === undefined ? {} : { env: { [RECORDING_VARIABLE]: String(RECORDED_SECONDS) } }),
  });
  const stderr = passStderr(program, port);
  const ended = endOf(program);
  const watch = new Watch(command, environment, out);
  const signals = passSignals(program, () => watch.look());
  const watching = watch.begin(port, address, ended);
  const { code, signal, failure } = await ended;
  const unseenMs = watch.unseenMs;
  await Promise.race([stderr, delay(STDERR_LIMIT_MS)]);
  await watching;
  address.dispose();
  await watch.end({ signal, ...(unseenMs > LOST_MS ? { unseenMs } : {}) });
  if (failure) environment.say(t('The program could not be started: {0}', failure.message));
  out?.write({ event: 'exit', code, signal });
  await out?.end();
  signals.dispose();
  endAs(code, signal);
}

type RunCommand = Extract<Command, { name: 'run' }>;

interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  failure?: Error;
}

/** What is seen of the program over its inspector. */
class Watch {
  private program: InspectedProgram | undefined;
  private readonly open = new Map<string, NodeJS.Timeout>();
  private told: Promise<void> = Promise.resolve();
  /** Warnings that wait to be told, and those that were too many to wait. */
  private waiting = 0;
  private untold = 0;
  private recorded: RecordedProgram | undefined;
  private snapshotTimer: NodeJS.Timeout | undefined;
  private hasBegun = (): void => {};
  private readonly begun = new Promise<void>((resolve) => (this.hasBegun = resolve));

  constructor(
    private readonly command: RunCommand,
    private readonly environment: RunEnvironment,
    private readonly out: OutputFile | undefined,
  ) {}

  /** Connects as soon as the program's inspector is there; resolves when it is, or the program has ended. */
  async begin(port: number, address: InspectorAddress, ended: Promise<End>): Promise<void> {
    const over = new AbortController();
    void ended.then(() => {
      over.abort();
    });
    const found = await connectWhenOpen(address, over.signal);
    if ('problem' in found) {
      this.environment.logger.debug(`The program ended unwatched: ${found.problem}`);
      return;
    }
    const { version, logger } = this.environment;
    const [file = ''] = this.command.program.filter((word) => !word.startsWith('-'));
    const options = {
      session: `127.0.0.1:${port}`,
      name: basename(file),
      settings: {
        thresholdMs: this.command.thresholdMs,
        siteBudget: SITE_BUDGET,
        libraries: this.command.libraries ?? 'safe',
        ...(this.command.record === undefined ? {} : { recordingSeconds: RECORDED_SECONDS }),
      },
      retentionMs: RETENTION_MS,
      agentVersion: version,
      loadLimitMs: 0,
    };
    this.program = new InspectedProgram(found.transport, options, systemClock, logger);
    this.program.onDidWarn((warning) => this.warned(warning));
    this.snapshotLater();
    if (this.command.record !== undefined) this.recorded = new RecordedProgram(this.program);
    await this.program.start();
    void this.recorded?.take();
    this.hasBegun();
  }

  /** Sees the program as it is now, if it answers soon; also one that was only just started. */
  async look(): Promise<void> {
    await Promise.race([this.begun, delay(LOOK_LIMIT_MS, undefined, { ref: false })]);
    await this.program?.look(LOOK_LIMIT_MS);
  }

  /** How long the program has gone on unseen. */
  get unseenMs(): number {
    return this.program?.unseenMs ?? 0;
  }

  /** Tells what remains to be told when the program has ended. */
  async end(end: ProgramEnd): Promise<void> {
    clearTimeout(this.snapshotTimer);
    this.recorded?.dispose();
    const { program } = this;
    if (!program) {
      this.environment.say(
        t(
          'The program was not watched: the agent was switched off there, or its inspector could not be reached.',
        ),
      );
      return;
    }
    program.dispose();
    await this.told;
    if (this.untold > 0)
      this.environment.say(t('{0} came too fast to be told.', counted(this.untold, 'more warning')));
    const last = program.snapshot();
    const snapshot = ended(last);
    const wasBlocked = last.processes[0]?.blocked !== undefined;
    for (const { text, tree } of endReport(snapshot, { ...end, wasBlocked }, process.cwd())) {
      this.environment.say(text);
      if (tree !== undefined) process.stderr.write(`${terminalText(tree)}\n`);
    }
    this.out?.write({ event: 'snapshot', snapshot });
    if (this.command.record !== undefined) this.writeRecording(this.command.record, program, snapshot);
  }

  private writeRecording(path: string, program: InspectedProgram, snapshot: Snapshot): void {
    const { say, version } = this.environment;
    try {
      const madeAt = systemClock.isoNow();
      writeRecordingTo(path, { madeAt, madeBy: version, recordings: program.recordings(), snapshot });
    } catch (error) {
      say((error as Error).message);
    }
  }

  /** Warnings are told one after the other, each when its source maps have arrived. */
  private warned(warning: TimedWarning): void {
    if (this.waiting >= MAX_WAITING) {
      this.untold++;
      return;
    }
    this.waiting++;
    this.told = this.told.then(async () => {
      this.waiting--;
      const resolved = (await this.program?.resolved(warning)) ?? warning;
      this.out?.write({ event: 'warning', warning: resolved });
      clearTimeout(this.open.get(warning.id));
      this.open.delete(warning.id);
      if (warning.ongoing) this.tellIfItLasts(resolved);
      else this.tell(resolved);
    });
  }

  private tell(warning: TimedWarning): void {
    this.environment.say(warningText(warning, process.cwd()));
  }

  /** A program that is stuck must be told of before its block has ended, which may be never. */
  private tellIfItLasts(warning: TimedWarning): void {
    const timer = setTimeout(() => {
      const current = this.program?.warning(warning.id);
      if (current) this.tell(current);
    }, LASTING_MS);
    this.open.set(warning.id, timer.unref());
  }

  private snapshotLater(): void {
    const { snapshotAfterMs } = this.command;
    if (snapshotAfterMs === undefined) return;
    const write = async (): Promise<void> => {
      const { program } = this;
      if (!program) return;
      await program.whenSettled(SETTLE_LIMIT_MS);
      this.out?.write({ event: 'snapshot', snapshot: program.snapshot() });
    };
    this.snapshotTimer = setTimeout(() => {
      const written = write();
      this.told = this.told.then(() => written);
    }, snapshotAfterMs).unref();
  }
}

/** Resolves when all of the program's stderr has been passed on. */
async function passStderr({ stderr }: ChildProcess, port: number): Promise<void> {
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

function endOf(program: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    program.once('exit', (code, signal) => resolve({ code, signal }));
    program.once('error', (failure) => resolve({ code: 1, signal: null, failure }));
  });
}

/** The last snapshot was taken when the program was about to end. */
function ended(snapshot: Snapshot): Snapshot {
  const processes = snapshot.processes.map((process) => {
    if (process.state === 'unavailable') return process;
    const over: ProcessSnapshot = { ...process, state: 'ended' };
    delete over.blocked;
    return over;
  });
  return { ...snapshot, processes };
}

const SITE_BUDGET = 0.1;
/** Tasks that ended shortly before a snapshot are in it. */
/** It is asked all the time, so that the ring need only bridge a block. */
const RECORDED_SECONDS = 30;
const RETENTION_MS = 10_000;
/** Node writes a line in one piece; only a read may cut it. */
const HOLD_MS = 5;
/** A process that the program leaves behind may keep its stderr open. */
const STDERR_LIMIT_MS = 500;
/** A signal is not passed on later than twice this. */
const LOOK_LIMIT_MS = 1000;
const SETTLE_LIMIT_MS = 1000;
/** A block that lasts longer is told of while it goes on. */
const LASTING_MS = 1000;
const MAX_WAITING = 100;
/** A connection that closes earlier was lost; at the end both come together. */
const LOST_MS = 300;
