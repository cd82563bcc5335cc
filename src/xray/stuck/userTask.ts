import { isOwn } from '../../model/codeOrigin.js';
import type { SuspendedTask, TaskGraph } from '../tasks/taskGraph.js';

/** The task of the program on whose behalf a package's or Node's is suspended; itself where there is none. */
export function userTask(graph: TaskGraph, task: SuspendedTask): SuspendedTask {
  const seen = new Set<SuspendedTask>([task]);
  const promises = new Set<number>();
  for (const one of seen) {
    if (isOwn(one.url)) return one;
    for (const promise of one.promises) promises.add(promise);
    for (const promise of promises) {
      for (const consumer of graph.consumers(promise)) {
        if (consumer.task) seen.add(consumer.task);
        else if (consumer.promise !== undefined) promises.add(consumer.promise);
      }
    }
    if (seen.size > MOST) break;
  }
  return task;
}

/** The innermost tasks of the program that wait for a promise: those whose lines a person looks for. */
export function nearestUsers(graph: TaskGraph, promise: number): SuspendedTask[] {
  const found = new Set<SuspendedTask>();
  const foreign = new Set<SuspendedTask>();
  const seen = new Set([promise]);
  for (const one of seen) {
    for (const { task, promise: next } of graph.consumers(one)) {
      if (next !== undefined) seen.add(next);
      else if (task && isOwn(task.url)) found.add(task);
      else if (task) {
        foreign.add(task);
        for (const end of task.promises) seen.add(end);
      }
    }
  }
  return found.size > 0 ? [...found] : [...foreign];
}

const MOST = 200;
