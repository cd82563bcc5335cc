import type { Clock } from '../../base/clock.js';
import { type Disposable, toDisposable } from '../../base/disposable.js';
import { Emitter, type Event } from '../../base/emitter.js';
import type { Logger } from '../../base/logger.js';
import type { Recording } from '../../recording/threadRecording.js';
import type { DebuggedProcess } from '../sessions/debuggedProcess.js';
import type { DebugSessions } from '../sessions/debugSessions.js';

/** How often the flight recorders are asked while somebody looks. */
const TAKE_MS = 250;

/** The programs of the runs that go on, or of the last one, with what their flight recorders have told. */
export class RecordedPrograms implements Disposable {
  private readonly programs = new Map<string, DebuggedProcess>();
  private readonly changed: Emitter<void>;
  private timer: Disposable | undefined;
  private readonly lookers = new Set<object>();
  private isTaking = false;

  constructor(
    private readonly sessions: DebugSessions,
    private readonly clock: Clock,
    logger: Logger,
  ) {
    this.changed = new Emitter((error) => logger.error('The timeline could not be drawn.', error));
  }

  /** There is more to show, or a program has stopped or gone on. */
  get onDidChange(): Event<void> {
    return this.changed.event;
  }

  /** As long as somebody looks, the programs are asked. */
  look(): Disposable {
    const looker = {};
    this.lookers.add(looker);
    this.timer ??= this.clock.every(TAKE_MS, () => void this.take());
    void this.take();
    return toDisposable(() => {
      this.lookers.delete(looker);
      if (this.lookers.size > 0) return;
      this.timer?.dispose();
      this.timer = undefined;
    });
  }

  /** Asks all programs for what they have not told yet. */
  async take(): Promise<void> {
    const living = [...this.sessions.processes.values()];
    const isNewRun = living.length > 0 && [...this.programs.values()].every((program) => program.isClosed);
    if (isNewRun) this.programs.clear();
    for (const program of living) this.programs.set(program.id, program);
    if (this.isTaking) return;
    this.isTaking = true;
    try {
      await Promise.all(living.map((program) => program.takeRecording()));
    } finally {
      this.isTaking = false;
    }
    this.changed.fire();
  }

  get all(): readonly DebuggedProcess[] {
    return [...this.programs.values()];
  }

  /** What was recorded of all of them. */
  async recordings(): Promise<Recording[]> {
    await this.take();
    const nowMs = this.clock.nowMs();
    return this.all.flatMap((program) => program.recording(nowMs) ?? []);
  }

  dispose(): void {
    this.timer?.dispose();
    this.changed.dispose();
  }
}
