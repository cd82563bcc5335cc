import type { Site, Task } from '../../protocol/snapshot.js';
import { isEnded } from './taskKinds.js';
import { parseQuery, type QueryTerm } from './taskQuery.js';
import { taskDescription, taskLabel, type TaskView, typeLabel } from './taskTexts.js';

/** Which tasks the text of the filter box asks for, and which lead to them: empty text asks for all. */
export class TaskFilter {
  private readonly terms: readonly QueryTerm[];
  private found = new Set<Task>();
  private above = new Set<Task>();
  /** Version of the index that they were looked for in. */
  private lookedAt: number | undefined;

  constructor(
    text: string,
    private readonly view: TaskView,
  ) {
    this.terms = parseQuery(text);
  }

  get active(): boolean {
    return this.terms.length > 0;
  }

  matches(task: Task): boolean {
    if (!this.active) return true;
    this.look();
    return this.found.has(task);
  }

  /** It matches, or something that stands below it does. */
  keeps(task: Task): boolean {
    if (!this.active) return true;
    this.look();
    return this.above.has(task);
  }

  /** It has what must not be: then it is not shown below a task that matches either. */
  excludes(task: Task): boolean {
    return this.terms.some((term) => term.excluded && !this.obeys(task, term));
  }

  /** Again when the tasks have changed meanwhile. */
  private look(): void {
    const { index } = this.view;
    if (this.lookedAt === index.version) return;
    this.lookedAt = index.version;
    this.found = new Set(index.tasks.filter((task) => this.terms.every((term) => this.obeys(task, term))));
    this.above = new Set();
    this.findAbove();
  }

  private obeys(task: Task, { key, value, excluded }: QueryTerm): boolean {
    return this.has(task, key, value) !== excluded;
  }

  private has(task: Task, key: QueryTerm['key'], value: string): boolean {
    switch (key) {
      case 'state':
        return task.state === value || (value === 'ended' && isEnded(task));
      case 'file':
        return hasFile(task, value);
      case 'type':
        return [typeLabel(task), task.type, task.kind].some((type) => type.toLowerCase().includes(value));
      case 'text':
        return this.hasText(task, value);
    }
  }

  /** The description is looked at last: it is the one that must be made. */
  private hasText(task: Task, value: string): boolean {
    return (
      taskLabel(task).toLowerCase().includes(value) ||
      (task.detail ?? '').toLowerCase().includes(value) ||
      hasFile(task, value) ||
      taskDescription(task, this.view).toLowerCase().includes(value)
    );
  }

  private findAbove(): void {
    const { index } = this.view;
    const pending = [...this.found];
    for (let task = pending.pop(); task; task = pending.pop()) {
      if (this.above.has(task)) continue;
      this.above.add(task);
      const request = index.requestOf(task);
      if (request) pending.push(request);
      for (const id of task.awaitedBy) {
        const waiter = index.get(id);
        if (waiter) pending.push(waiter);
      }
    }
  }
}

function hasFile(task: Task, value: string): boolean {
  return [task.awaitingAt, task.definedAt, task.createdAt].some(
    (site) => site && lowerFile(site).includes(value),
  );
}

/** Many tasks share one place. */
function lowerFile(site: Site): string {
  let file = lowerFiles.get(site);
  if (file === undefined) {
    file = `${site.file}:${site.line}`.toLowerCase();
    lowerFiles.set(site, file);
  }
  return file;
}

const lowerFiles = new WeakMap<Site, string>();
