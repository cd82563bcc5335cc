// The views of a program as the extension keeps them up to date, and what that takes.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Emitter } from '../../src/base/emitter.js';
import { silentLogger } from '../../src/base/logger.js';
import { statusText, type TaskRowOptions, taskRows } from '../../src/model/presenter/index.js';
import type { ProcessSnapshot, Snapshot } from '../../src/protocol/snapshot.js';
import { systemClock } from '../../src/session/systemClock.js';
import { LiveSnapshot, type Snapshots, TASKS_AT_ONCE } from '../../src/ui/sessions/liveSnapshot.js';
import { StepByStep } from '../../src/ui/tasks/stepByStep.js';
import { drawRows, VIEW_OPTIONS } from '../bench/drawRows.js';

/** Since it was last asked, in milliseconds. */
interface Worked {
  /** Each answer: a snapshot, the status bar's text, and the rows with what is on the screen of them; or a step to them. */
  answers: number[];
  /** For so long nobody else was served. */
  longestMs: number;
}

export class Views {
  private readonly change = new Emitter<void>(fail);
  private readonly live: LiveSnapshot;
  private beganMs = 0;
  private answers: number[] = [];
  private readonly looking = new StepByStep(() => this.drawNow(), systemClock);
  private options: TaskRowOptions = VIEW_OPTIONS;
  private readonly turns = monitorEventLoopDelay({ resolution: 1 });

  constructor(private readonly process: (atMs: number) => ProcessSnapshot) {
    const source = { take: () => this.take(), onDidChange: this.change.event, onNews: () => nothing };
    this.live = new LiveSnapshot(source, systemClock, silentLogger);
    this.live.onDidChange(() => this.draw());
    this.turns.enable();
  }

  /** The program has said something. */
  changed(): void {
    this.change.fire();
  }

  /** As if somebody chose so. */
  show(options: Partial<TaskRowOptions>): void {
    const steps = { tasks: TASKS_AT_ONCE, onMore: () => this.looking.goOn() };
    this.options = { ...VIEW_OPTIONS, ...options, steps };
    this.drawNow();
  }

  /** Not all tasks were looked at. */
  get isLooking(): boolean {
    return this.looking.goesOn;
  }

  get tasks(): number {
    return this.shown?.tasks.length ?? 0;
  }

  /** Waits until they show all that is known, and tells what has happened since the last time. */
  async whole(): Promise<Worked> {
    do await new Promise((resolve) => this.live.onDidChange(resolve));
    while (this.shown?.backlog !== undefined);
    const { answers } = this;
    const longestMs = this.turns.max / 1e6;
    this.answers = [];
    this.turns.reset();
    return { answers, longestMs };
  }

  close(): void {
    this.turns.disable();
    this.looking.dispose();
    this.live.dispose();
  }

  private get shown(): ProcessSnapshot | undefined {
    return this.live.live.processes[0];
  }

  private take(): Snapshots {
    this.beganMs = performance.now();
    const snapshot: Snapshot = { version: 1, takenAt: '', processes: [this.process(this.beganMs)] };
    return { live: snapshot, all: snapshot, ignored: 0 };
  }

  private drawNow(): void {
    this.beganMs = performance.now();
    this.draw();
  }

  private draw(): void {
    statusText(this.live.live);
    drawRows(taskRows(this.live.live, this.options));
    this.answers.push(performance.now() - this.beganMs);
  }
}

const nothing = { dispose: () => undefined };

function fail(error: unknown): void {
  throw error;
}
