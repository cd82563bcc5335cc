import type { Task } from '../../protocol/snapshot.js';

const histories = new WeakMap<readonly Task[], object>();

/** Remembers that these tasks follow others of the same history: what has not changed is the same object in both. */
export function addToHistory(history: object, tasks: readonly Task[]): void {
  histories.set(tasks, history);
}

/** What tasks of one program have in common; others have a history of their own. */
export function historyOf(tasks: readonly Task[]): object {
  return histories.get(tasks) ?? tasks;
}
