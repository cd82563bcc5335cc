import type { Site, Task } from '../../protocol/snapshot.js';
import { isEnded } from '../tasks/taskKinds.js';

/** How a task looks but for its age. Tasks that look the same have the same object, as long as one of them lives. */
export interface GroupingKey {
  /** The same for tasks that look the same. */
  readonly key: string;
  readonly name: string;
  /** How many have it. */
  count: number;
}

/** The looks of the tasks that are there. */
export class GroupingKeys {
  private readonly byKey = new Map<string, GroupingKey>();

  /** The look of a task, which had the other one before. */
  of(task: Task, before?: GroupingKey): GroupingKey {
    const key = equalKey(task);
    if (before?.key === key) return before;
    if (before) this.release(before);
    const look = this.byKey.get(key) ?? { key, name: task.name, count: 0 };
    this.byKey.set(key, look);
    look.count++;
    return look;
  }

  /** One task with this look has gone. */
  release(look: GroupingKey): void {
    if (--look.count === 0) this.byKey.delete(look.key);
  }
}

function equalKey(task: Task): string {
  const ended = isEnded(task) ? task.state : '';
  const stuck = task.circle ? 'circle' : task.unreachable ? 'unreachable' : '';
  const made = placeKey(task.definedAt ?? task.createdAt);
  const unref = task.unref ? 'unref' : '';
  return `${task.kind} ${task.name} ${made} ${placeKey(task.awaitingAt)} ${ended}${stuck}${unref}`;
}

/** Many tasks share one place. */
export function placeKey(site: Site | undefined): string {
  if (!site) return '';
  let key = placeKeys.get(site);
  if (key === undefined) {
    key = `${site.file}:${site.line}:${site.column}`;
    placeKeys.set(site, key);
  }
  return key;
}

const placeKeys = new WeakMap<Site, string>();
