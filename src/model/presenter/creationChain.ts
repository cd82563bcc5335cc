import type { Site, Task } from '../../protocol/snapshot.js';
import { isFunctionTask } from '../tasks/taskKinds.js';
import { functionName } from './places.js';
import { taskLabel } from './taskTexts.js';

/** One step from a task to what called or created it. */
export interface CreationStep {
  /** Of the task that did; of the function where the task is not known. */
  name: string;
  /** What was created, and whether it was by calling a function. */
  created: string;
  isCall: boolean;
  /** Where that was done. */
  site?: Site;
  creator?: Task;
}

/** Who called a task, who called that one and so on, across awaits, as far as it is known and up to so many steps. */
export function creationChain(
  task: Task,
  get: (id: string) => Task | undefined,
  maxSteps = MAX_STEPS,
): CreationStep[] {
  const steps: CreationStep[] = [];
  const seen = new Set<Task>();
  let created: Task | undefined = task;
  while (created && !seen.has(created) && steps.length < maxSteps) {
    seen.add(created);
    const creator: Task | undefined = created.createdBy === undefined ? undefined : get(created.createdBy);
    if (creator || created.createdAt) steps.push(step(created, creator));
    created = creator;
  }
  return steps;
}

function step(created: Task, creator: Task | undefined): CreationStep {
  const site = created.createdAt;
  return {
    name: creator ? taskLabel(creator) : site ? functionName(site) : '',
    created: taskLabel(created),
    isCall: isFunctionTask(created),
    ...(site && { site }),
    ...(creator && { creator }),
  };
}

const MAX_STEPS = 1000;
