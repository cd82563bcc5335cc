import type { ProcessSnapshot, Task } from '../../protocol/snapshot.js';

/** Tasks in their order. A piece in which nothing has changed is the same object from one snapshot to the next. */
export type TaskPieces = readonly (readonly Task[])[];

/** Where the tasks of a snapshot come from. */
export interface TaskHistory {
  /** The same for all snapshots of one program: what has not changed is the same object in them. */
  readonly of: object;
  /** The moment of the ages of the tasks; absent: they do not go on. */
  readonly nowMs?: number;
  readonly pieces: TaskPieces;
}

const histories = new WeakMap<ProcessSnapshot, TaskHistory>();

/** Gives a snapshot its tasks. There may be a million: they become one list when somebody asks for it, which no view does. */
export function setTasks(process: ProcessSnapshot, history: TaskHistory): void {
  let tasks: Task[] | undefined;
  histories.set(process, history);
  Object.defineProperty(process, 'tasks', {
    enumerable: true,
    configurable: true,
    get: () => (tasks ??= joined(history.pieces)),
  });
}

/** A copy to be changed, which has the same tasks. */
export function copyOf(process: ProcessSnapshot): ProcessSnapshot {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(process)) as ProcessSnapshot;
  const history = histories.get(process);
  if (history) histories.set(copy, history);
  return copy;
}

/** A snapshot that was not given its tasks has a history of its own. */
export function historyOf(process: ProcessSnapshot): TaskHistory {
  return histories.get(process) ?? { of: process.tasks, pieces: [process.tasks] };
}

/** The moment of a snapshot's ages on the debuggee's clock, whatever is asked for later; `undefined`: it is not known. */
export function shownAtMs(process: ProcessSnapshot): number | undefined {
  return histories.get(process)?.nowMs ?? process.nowMs;
}

export function joined(pieces: TaskPieces): Task[] {
  return new Array<Task>().concat(...pieces);
}
