import type { TaskIndex } from '../model/taskIndex/taskIndex.js';
import { isFunctionTask, isOperation, isRequest } from '../model/tasks/taskKinds.js';
import type { Site, Task } from '../protocol/snapshot.js';

/** How sure it is that a task does not go on, from the surest. */
export const VERDICTS = [
  'cycle',
  'lost',
  'resolveFunction',
  'requestWithoutWork',
  'unknown',
  'several',
  'operation',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A task and what it waits for, one after the other, as long as that is one thing. */
export interface AwaitChain {
  readonly tasks: readonly Task[];
  readonly verdict: Verdict;
}

export function awaitChain(top: Task, index: TaskIndex): AwaitChain {
  const tasks = [top];
  for (;;) {
    const last = tasks.at(-1) ?? top;
    if (last.circle) return { tasks: cycleFrom(tasks, index), verdict: 'cycle' };
    if (last.unreachable) return { tasks, verdict: 'lost' };
    const below = index.below(last).filter((task) => task.endedAgoMs === undefined);
    const [next] = below;
    if (below.length === 1 && next && !tasks.includes(next) && tasks.length < MAX_CHAIN) {
      tasks.push(next);
      continue;
    }
    if (below.length > 1) {
      const surest = below
        .slice(0, MAX_BRANCHES)
        .filter((task) => !tasks.includes(task))
        .map((task) => awaitChain(task, index))
        .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict))[0];
      // one branch that cannot go on holds all of Promise.all, but not a race
      if (surest && SURE.has(surest.verdict) && !isRace(last))
        return { tasks: [...tasks, ...surest.tasks], verdict: surest.verdict };
      return { tasks, verdict: 'several' };
    }
    return { tasks, verdict: verdictOf(last) };
  }
}

function verdictOf(last: Task): Verdict {
  if (last.unpromised) return 'resolveFunction';
  if (isRequest(last)) return 'requestWithoutWork';
  if (isOperation(last)) return 'operation';
  return 'unknown';
}

function cycleFrom(tasks: readonly Task[], index: TaskIndex): Task[] {
  const chain = [...tasks];
  for (;;) {
    const next = index.below(chain.at(-1) as Task).find((task) => task.circle === true);
    if (!next || chain.length >= MAX_CHAIN) return chain;
    const isClosed = chain.includes(next);
    chain.push(next);
    if (isClosed) return chain;
  }
}

function isRace({ type }: Task): boolean {
  return type === 'Promise.race' || type === 'Promise.any';
}

/** Where the code of a task stands, or where it was made. */
export function siteOf(task: Task): Site | undefined {
  return task.awaitingAt ?? task.createdAt ?? task.definedAt;
}

/** It is a task that people wrote, and that waits. */
export function isWaiting(task: Task): boolean {
  if (task.endedAgoMs !== undefined || task.state === 'running' || task.state === 'ready') return false;
  return isFunctionTask(task) || isRequest(task);
}

const SURE: ReadonlySet<Verdict> = new Set(['cycle', 'lost']);
const MAX_CHAIN = 30;
const MAX_BRANCHES = 50;
