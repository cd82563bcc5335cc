import type { Task } from '../../protocol/snapshot.js';
import type { WireEntry } from '../../protocol/wire.js';

/** How a task ended, and its result or error as one line where that is known. */
export interface TaskOutcome {
  entry: number;
  state: 'fulfilled' | 'rejected';
  result?: string;
}

/** Tasks that have ended and stay in view for a while, with how they ended. */
export class EndedTasks {
  private kept: Ended[] = [];
  /** What the last poll has ended, until it is known how. */
  private ending = new Map<number, WireEntry>();
  private endingMs = 0;

  /** `makeTask`: the task of an entry as it was at a moment. */
  constructor(private readonly makeTask: (entry: WireEntry, nowMs: number) => Task) {}

  /** They end with the poll of this moment. Promises and operations are not kept. */
  end(entries: Iterable<WireEntry>, nowMs: number): void {
    this.ending = new Map();
    this.endingMs = nowMs;
    for (const entry of entries) if (KEPT_KINDS.has(entry.kind)) this.ending.set(entry.id, entry);
  }

  /** How they ended is known of these; nothing is kept of the others. */
  settled(outcomes: readonly TaskOutcome[]): void {
    for (const outcome of outcomes) {
      const entry = this.ending.get(outcome.entry);
      if (entry) this.kept.push({ entry, outcome, endedMs: this.endingMs });
    }
    this.ending = new Map();
    if (this.kept.length > MAX_KEPT) this.kept = this.kept.slice(-MAX_KEPT);
  }

  sitesChanged(): void {
    for (const ended of this.kept) delete ended.task;
  }

  /**
   * Those that ended no longer than `retentionMs` ago, in that order, then those of the last poll as they last
   * were, so that no row goes and comes back; the others are forgotten.
   */
  at(nowMs: number, retentionMs: number): Task[] {
    this.kept = this.kept.filter(({ endedMs }) => nowMs - endedMs < retentionMs);
    const ended = this.kept.map((one) => {
      one.task ??= endedTask(this.makeTask(one.entry, one.endedMs), one.outcome);
      one.task.endedAgoMs = Math.max(0, nowMs - one.endedMs);
      return one.task;
    });
    const ending = [...this.ending.values()].map((entry) =>
      withoutLinks(this.makeTask(entry, this.endingMs)),
    );
    return [...ended, ...ending];
  }
}

interface Ended {
  readonly entry: WireEntry;
  readonly outcome: TaskOutcome;
  readonly endedMs: number;
  task?: Task;
}

const KEPT_KINDS: ReadonlySet<WireEntry['kind']> = new Set(['function', 'generator', 'module']);
/** When more have ended, the oldest are forgotten. */
const MAX_KEPT = 1_000;

function endedTask(task: Task, { state, result }: TaskOutcome): Task {
  const ended = withoutLinks(task);
  ended.state = state;
  if (result !== undefined) ended.result = result;
  return ended;
}

/** Nothing links it any more but what created it. */
function withoutLinks(task: Task): Task {
  const alone: Task = { ...task, awaits: [], awaitedBy: [] };
  delete alone.awaitingAt;
  return alone;
}
