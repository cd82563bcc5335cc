import type { Task } from '../../protocol/snapshot.js';
import type { TaskIndex } from './taskIndex.js';
import { taskDescription, taskLabel } from './taskTexts.js';

/** What the text of the filter box asks for: case does not matter, empty text asks for all. */
export class TaskFilter {
  private readonly text: string;
  private readonly found = new Set<Task>();
  private readonly above = new Set<Task>();

  constructor(text: string, tasks: readonly Task[], index: TaskIndex) {
    this.text = text.trim().toLowerCase();
    if (this.text === '') return;
    for (const task of tasks) if (searchText(task, index).includes(this.text)) this.found.add(task);
    const pending = [...this.found];
    for (let task = pending.pop(); task; task = pending.pop()) {
      if (this.above.has(task)) continue;
      this.above.add(task);
      for (const id of task.awaitedBy) {
        const waiter = index.get(id);
        if (waiter) pending.push(waiter);
      }
    }
  }

  get active(): boolean {
    return this.text !== '';
  }

  matches(task: Task): boolean {
    return this.text === '' || this.found.has(task);
  }

  /** It matches, or something that it waits for does. */
  keeps(task: Task): boolean {
    return this.text === '' || this.above.has(task);
  }
}

function searchText(task: Task, index: TaskIndex): string {
  const files = [task.awaitingAt, task.definedAt, task.createdAt].map((site) => site?.file ?? '');
  return [taskLabel(task), taskDescription(task, index), task.detail ?? '', ...files]
    .join('\n')
    .toLowerCase();
}
