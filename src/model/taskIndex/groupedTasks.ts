import type { Site, Task } from '../../protocol/snapshot.js';
import { SortedMap } from '../sortedMap.js';
import { isEnded } from '../tasks/taskKinds.js';
import { EqualTasks } from './equalTasks.js';
import type { IndexedTask } from './indexedTask.js';
import { placeKey } from './groupingKeys.js';

/** Tasks in groups: those of the same function or of the same place, or of the same type. */
export class GroupedTasks {
  size = 0;
  private readonly groups = new Map<string, TaskGroup>();

  constructor(private readonly by: 'site' | 'type') {}

  add(place: number, one: IndexedTask): void {
    this.size++;
    this.groupOf(one).add(place, one);
  }

  delete(place: number, one: IndexedTask): void {
    this.size--;
    const group = this.groupOf(one);
    group.delete(place, one);
    if (group.size === 0) this.groups.delete(group.key);
  }

  /** The most numerous first; of equal ones that with the first task. */
  get largestFirst(): TaskGroup[] {
    return [...this.groups.values()].sort((a, b) => b.liveCount - a.liveCount || a.firstPlace - b.firstPlace);
  }

  private groupOf({ task }: IndexedTask): TaskGroup {
    const key = this.by === 'type' ? task.type : `${task.name} ${placeKey(groupSite(task))}`;
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = new TaskGroup(key, task)));
    return group;
  }
}

/** Tasks that stand together; what has ended is counted apart. */
export class TaskGroup {
  private live: EqualTasks | undefined;
  private readonly ended = new SortedMap<IndexedTask>();

  /** `made`: what it was made for. */
  constructor(
    readonly key: string,
    private readonly made: Task,
  ) {}

  get size(): number {
    return this.liveCount + this.ended.size;
  }

  get liveCount(): number {
    return this.live?.size ?? 0;
  }

  get endedCount(): number {
    return this.ended.size;
  }

  oldestMs(atMs?: number): number {
    return this.live?.oldestMs(atMs) ?? 0;
  }

  get first(): Task {
    return (this.live?.tasks.first ?? this.ended.first)?.task ?? this.made;
  }

  get firstPlace(): number {
    return this.live?.tasks.firstKey ?? this.ended.firstKey ?? 0;
  }

  /** What has ended comes last. */
  *[Symbol.iterator](): Iterator<Task> {
    for (const { task } of this.live?.tasks ?? []) yield task;
    for (const { task } of this.ended) yield task;
  }

  add(place: number, one: IndexedTask): void {
    if (isEnded(one.task)) this.ended.set(place, one);
    else (this.live ??= new EqualTasks(one)).set(place, one);
  }

  delete(place: number, one: IndexedTask): void {
    if (isEnded(one.task)) this.ended.delete(place);
    else this.live?.delete(place);
    if (this.live?.size === 0) this.live = undefined;
  }
}

/** What tells tasks of one place: where their code is, or where they were made. */
export function groupSite(task: Task): Site | undefined {
  return task.definedAt ?? task.createdAt ?? task.awaitingAt;
}
