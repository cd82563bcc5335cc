import type { Site, Task } from '../../protocol/snapshot.js';
import { isEnded } from './taskKinds.js';

/** How a task looks but for its age. Tasks that look the same have the same object, as long as one of them lives. */
export interface TaskLook {
  /** The same for tasks that look the same. */
  readonly key: string;
  readonly name: string;
  /** How many have it. */
  count: number;
}

/** The looks of the tasks that are there. */
export class TaskLooks {
  private readonly byKey = new Map<string, TaskLook>();

  /** The look of a task, which had the other one before. */
  of(task: Task, before?: TaskLook): TaskLook {
    const key = equalKey(task);
    if (before?.key === key) return before;
    if (before) this.release(before);
    const look = this.byKey.get(key) ?? { key, name: task.name, count: 0 };
    this.byKey.set(key, look);
    look.count++;
    return look;
  }

  /** One task with this look has gone. */
  release(look: TaskLook): void {
    if (--look.count === 0) this.byKey.delete(look.key);
  }
}

/**
 * Puts tasks of the same function that wait at the same place together where there are many of them, at the place of
 * the first; the others stay alone.
 */
export function gatherEqual<T extends { readonly look: TaskLook }>(tasks: readonly T[]): (readonly T[])[] {
  const byLook = new Map<TaskLook, T[]>();
  for (const task of tasks) {
    const equal = byLook.get(task.look);
    if (equal) equal.push(task);
    else byLook.set(task.look, [task]);
  }
  const names = new Map<string, number>();
  for (const [{ name }, equal] of byLook) names.set(name, (names.get(name) ?? 0) + equal.length);
  const gathered: (readonly T[])[] = [];
  for (const task of tasks) {
    if ((names.get(task.look.name) ?? 0) <= MAX_APART) {
      gathered.push([task]);
      continue;
    }
    const equal = byLook.get(task.look) ?? [];
    byLook.delete(task.look);
    if (equal.length > MAX_APART) gathered.push(equal);
    else for (const one of equal) gathered.push([one]);
  }
  return gathered;
}

function equalKey(task: Task): string {
  const ended = isEnded(task) ? task.state : '';
  const circle = task.circle ? 'circle' : '';
  const made = placeKey(task.definedAt ?? task.createdAt);
  return `${task.kind} ${task.name} ${made} ${placeKey(task.awaitingAt)} ${ended}${circle}`;
}

/** Many tasks share one place. */
function placeKey(site: Site | undefined): string {
  if (!site) return '';
  let key = placeKeys.get(site);
  if (key === undefined) {
    key = `${site.file}:${site.line}:${site.column}`;
    placeKeys.set(site, key);
  }
  return key;
}

const placeKeys = new WeakMap<Site, string>();
/** As many equal siblings are shown one by one. */
const MAX_APART = 20;
