import type { ProcessSnapshot, Snapshot, Task } from '../../protocol/snapshot.js';
import { TaskIndex } from '../taskIndex/taskIndex.js';
import { isEnded } from '../tasks/taskKinds.js';
import { creationChain } from './creationChain.js';

/** A task that is kept in view, with what was last known of it and of those that called it. */
export interface FollowedTask {
  session: string;
  task: Task;
  /** The callers by their ids; they may have gone by now. */
  callers: ReadonlyMap<string, Task>;
  /** No snapshot holds it any more. */
  gone: boolean;
}

/** Begins to follow a task; `undefined` where there is no such task. */
export function followTask(snapshot: Snapshot, session: string, id: string): FollowedTask | undefined {
  const process = processOf(snapshot, session);
  const index = process && TaskIndex.any(process);
  const task = index?.get(id);
  if (!index || !task) return undefined;
  return { session, task, callers: callersOf(task, (caller) => index.get(caller)), gone: false };
}

/** The same task in a later snapshot, with its end once it has ended; `undefined` when its process is gone. */
export function followOn(followed: FollowedTask, snapshot: Snapshot): FollowedTask | undefined {
  const process = processOf(snapshot, followed.session);
  if (!process) return undefined;
  const index = TaskIndex.any(process);
  const task = index.get(followed.task.id);
  if (!task) return { ...followed, gone: true };
  const get = (id: string): Task | undefined => index.get(id) ?? followed.callers.get(id);
  return { ...followed, task, callers: callersOf(task, get), gone: false };
}

export function hasEnded({ task, gone }: FollowedTask): boolean {
  return gone || isEnded(task);
}

function callersOf(task: Task, get: (id: string) => Task | undefined): Map<string, Task> {
  return new Map(creationChain(task, get).flatMap(({ creator }) => (creator ? [[creator.id, creator]] : [])));
}

function processOf(snapshot: Snapshot, session: string): ProcessSnapshot | undefined {
  return snapshot.processes.find((process) => process.session === session);
}
