import type { Task } from '../../protocol/snapshot.js';
import type { IndexedTask } from './indexedTask.js';

/** What a search or a selection asks the index of the tasks for. */
export interface TaskLookup {
  find(id: string): IndexedTask | undefined;
  /** Those of these tasks that are in the index. */
  indexedOf(tasks: readonly Task[]): IndexedTask[];
  /** Those that wait for a task, and the request that it stands below. */
  leadingTo(one: IndexedTask): readonly IndexedTask[];
  /** What a task waits for, and what stands below a request. */
  comingFrom(one: IndexedTask): readonly IndexedTask[];
}
