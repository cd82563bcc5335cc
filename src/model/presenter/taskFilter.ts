import type { Site, Task } from '../../protocol/snapshot.js';
import { forwardPath } from '../paths.js';
import type { Asked } from '../taskIndex/taskSearch.js';
import { isEnded } from '../tasks/taskKinds.js';
import { parseQuery, type QueryTerm } from './taskQuery.js';
import { taskFacts, taskLabel, type TaskView, typeLabel } from './taskTexts.js';

/** Which tasks the text of the filter box asks for: those that have all of its terms. Times are not searched. */
export class TaskFilter implements Asked {
  readonly key: string;

  private constructor(
    text: string,
    private readonly terms: readonly Term[],
    private readonly view: TaskView,
  ) {
    // a task is called by the process that it stands for
    this.key = `${text}\n${view.links.names}`;
  }

  /** `undefined`: the text asks for nothing in particular. */
  static of(text: string, view: TaskView): TaskFilter | undefined {
    const terms = parseQuery(text).map((asked) => new Term(asked));
    return terms.length === 0 ? undefined : new TaskFilter(text, terms, view);
  }

  matches(task: Task): boolean {
    return this.terms.every((term) => term.has(task, this.view) !== term.excluded);
  }

  excludes(task: Task): boolean {
    return this.terms.some((term) => term.excluded && term.has(task, this.view));
  }
}

/** One thing that is asked for. Many tasks share their names, places and texts: each is searched once. */
class Term {
  readonly excluded: boolean;
  private readonly value: string;
  private readonly texts = new Map<string, boolean>();
  private readonly files = new Map<Site, boolean>();

  constructor(private readonly asked: QueryTerm) {
    this.excluded = asked.excluded;
    // Windows has both kinds of slashes in its paths
    this.value = asked.key === 'file' ? forwardPath(asked.value) : asked.value;
  }

  has(task: Task, view: TaskView): boolean {
    const { key, value } = this.asked;
    switch (key) {
      case 'state':
        return task.state === value || (value === 'ended' && isEnded(task));
      case 'file':
        return this.hasFile(task);
      case 'type':
        return this.isIn(typeLabel(task)) || this.isIn(task.type) || this.isIn(task.kind);
      case 'text':
        return (
          this.isIn(taskLabel(task)) ||
          this.hasFile(task) ||
          this.isIn(task.kind === 'timer' ? '' : (task.detail ?? '')) ||
          this.isIn(taskFacts(task, view))
        );
    }
  }

  private hasFile({ awaitingAt, definedAt, createdAt }: Task): boolean {
    return this.isAt(awaitingAt) || this.isAt(definedAt) || this.isAt(createdAt);
  }

  private isIn(text: string): boolean {
    let known = this.texts.get(text);
    if (known === undefined) {
      known = text.toLowerCase().includes(this.value);
      if (this.texts.size < MAX_TEXTS) this.texts.set(text, known);
    }
    return known;
  }

  private isAt(site: Site | undefined): boolean {
    if (!site) return false;
    let known = this.files.get(site);
    if (known === undefined)
      this.files.set(site, (known = this.isIn(forwardPath(`${site.file}:${site.line}`))));
    return known;
  }
}

const MAX_TEXTS = 10_000;
