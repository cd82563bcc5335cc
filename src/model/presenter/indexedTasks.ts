import type { Task } from '../../protocol/snapshot.js';
import type { HiddenFiles } from './hiddenFiles.js';
import { TaskLooks } from './equalTasks.js';
import { IndexedTask } from './indexedTask.js';
import { isRequest } from './taskKinds.js';

/** The tasks of one snapshot after the other: of the next one, only what has changed is looked at. */
export class IndexedTasks {
  /** In the order of the snapshot. */
  list: readonly IndexedTask[] = [];
  /** How many requests there are, and how many calls that are shown and have not ended. */
  requests = 0;
  functions = 0;
  private tasks: readonly Task[] = [];
  private readonly byId = new Map<string, IndexedTask>();
  private readonly looks = new TaskLooks();

  /** `hidden`: files whose tasks are not shown on their own; `undefined`: all are. */
  constructor(private readonly hidden: HiddenFiles | undefined) {}

  get(id: string): IndexedTask | undefined {
    return this.byId.get(id);
  }

  /** Goes on to these tasks; false where it is there already. */
  follow(tasks: readonly Task[]): boolean {
    if (tasks === this.tasks) return false;
    const { tasks: before, list } = this;
    const next: IndexedTask[] = [];
    const changed: IndexedTask[] = [];
    const gone = new Set<IndexedTask>();
    let at = 0;
    for (const task of tasks) {
      let indexed = before[at] === task ? list[at++] : undefined;
      if (!indexed) {
        indexed = this.byId.get(task.id);
        // What stood before it in the old order has gone, or comes later in the new one.
        if (indexed && !gone.delete(indexed)) {
          for (let one = list[at++]; one && one !== indexed; one = list[at++]) gone.add(one);
        }
        if (indexed?.task !== task) {
          indexed = this.change(indexed, task);
          changed.push(indexed);
        }
      }
      next.push(indexed);
    }
    for (let one = list[at++]; one; one = list[at++]) gone.add(one);
    for (const one of gone) {
      this.byId.delete(one.task.id);
      this.looks.release(one.look);
      this.count(one, -1);
    }
    for (const indexed of changed) indexed.link((id) => this.byId.get(id));
    this.list = next;
    this.tasks = tasks;
    return true;
  }

  private change(known: IndexedTask | undefined, task: Task): IndexedTask {
    const look = this.looks.of(task, known?.look);
    const indexed = known ?? new IndexedTask(task, look);
    if (known) this.count(known, -1);
    else this.byId.set(task.id, indexed);
    indexed.change(task, look, this.hidden);
    this.count(indexed, 1);
    return indexed;
  }

  private count({ task, isHidden, level }: IndexedTask, by: number): void {
    if (isRequest(task)) this.requests += by;
    else if (level === 'call' && !isHidden) this.functions += by;
  }
}
