import type { Task } from '../../protocol/snapshot.js';
import type { TaskPieces } from '../tasks/taskHistory.js';

/** A position among the tasks of a snapshot. */
export class TaskCursor {
  private piece = 0;
  private at = 0;

  constructor(private readonly pieces: TaskPieces) {
    this.advance(0);
  }

  /** `undefined` at the end. */
  get task(): Task | undefined {
    return this.here?.[this.at];
  }

  /** The task here, and goes on behind it. */
  take(): Task | undefined {
    const { task } = this;
    if (task) this.advance(1);
    return task;
  }

  /** Goes on with another one over the tasks that both have here, and looks into none; pieces that are the same at once. */
  skipSame(other: TaskCursor): void {
    for (;;) {
      const { here } = this;
      const { here: there } = other;
      if (!here || !there) return;
      const most = Math.min(here.length - this.at, there.length - other.at);
      let count = here === there && this.at === other.at ? most : 0;
      while (count < most && here[this.at + count] === there[other.at + count]) count++;
      this.advance(count);
      other.advance(count);
      if (count < most) return;
    }
  }

  private get here(): readonly Task[] | undefined {
    return this.pieces[this.piece];
  }

  private advance(count: number): void {
    this.at += count;
    while (this.here && this.at >= this.here.length) {
      this.piece++;
      this.at = 0;
    }
  }
}
