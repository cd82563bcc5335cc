import type { Task } from '../../protocol/snapshot.js';
import { isRequest } from './taskKinds.js';

/** Which of the tasks that nobody waits for were begun by which HTTP request, directly or through others. */
export class RequestTasks {
  private readonly begun = new Map<Task, Task[]>();
  private readonly requests = new Map<Task, Task>();

  constructor(roots: Iterable<{ readonly task: Task }>, get: (id: string) => Task | undefined) {
    const origins = new Map<Task, Task | undefined>();
    for (const { task: root } of roots) {
      if (isRequest(root) || root.kind === 'handle') continue;
      const request = originOf(root, get, origins);
      if (!request) continue;
      this.requests.set(root, request);
      const tasks = this.begun.get(request);
      if (tasks) tasks.push(root);
      else this.begun.set(request, [root]);
    }
  }

  get isEmpty(): boolean {
    return this.requests.size === 0;
  }

  begunBy(request: Task): readonly Task[] {
    return this.begun.get(request) ?? [];
  }

  /** Only of a task that nobody waits for. */
  requestOf(root: Task): Task | undefined {
    return this.requests.get(root);
  }
}

/** The nearest request among those that created it; every task on the way is looked at once. */
function originOf(
  task: Task,
  get: (id: string) => Task | undefined,
  origins: Map<Task, Task | undefined>,
): Task | undefined {
  if (task.createdBy === undefined) return undefined;
  const creator = get(task.createdBy);
  if (!creator || isRequest(creator)) return creator;
  const way: Task[] = [];
  let next: Task | undefined = task;
  while (next && !isRequest(next) && !origins.has(next)) {
    origins.set(next, undefined);
    way.push(next);
    next = next.createdBy === undefined ? undefined : get(next.createdBy);
  }
  const origin = next && (isRequest(next) ? next : origins.get(next));
  for (const passed of way) origins.set(passed, origin);
  return origin;
}
