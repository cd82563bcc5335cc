import type { ProcessSnapshot, Task } from '../../protocol/snapshot.js';
import { historyOf, type TaskPieces } from '../tasks/taskHistory.js';
import { HiddenFiles } from './hiddenFiles.js';
import type { IndexedTask } from './indexedTask.js';
import { IndexedTasks } from './indexedTasks.js';
import { RequestTasks } from './requestTasks.js';
import { isRoot, Roots, type RootTask } from './roots.js';
import { isFunctionTask, isOperation } from './taskKinds.js';
import { TopTasks } from './topTasks.js';

/** Which tasks of a process are shown, what is at the top, and what stands below a task. */
export class TaskIndex {
  /** Another number after every change. */
  version = 0;
  private readonly indexed: IndexedTasks;
  private readonly roots = new Roots((id) => this.indexed.get(id));
  private knownRequests: RequestTasks | undefined;

  /**
   * One for all snapshots of a program: it goes on from one to the next. `internals`: nothing is hidden.
   */
  static of(process: ProcessSnapshot, internals: boolean, hidden = HiddenFiles.byDefault): TaskIndex {
    const history = historyOf(process);
    const key = internals ? 'internals' : hidden;
    const known = indexes.get(history.of) ?? new Map<HiddenFiles | 'internals', TaskIndex>();
    indexes.set(history.of, known);
    const index = known.get(key) ?? new TaskIndex(internals ? undefined : hidden);
    known.delete(key);
    known.set(key, index);
    for (const oldest of known.keys()) if (known.size > MAX_INDEXES) known.delete(oldest);
    index.follow(history.pieces);
    return index;
  }

  private constructor(private readonly hidden: HiddenFiles | undefined) {
    this.indexed = new IndexedTasks(hidden, (one) => this.roots.leave(one));
  }

  get(id: string): Task | undefined {
    return this.indexed.get(id)?.task;
  }

  /** Also those that are not shown. */
  get tasks(): readonly Task[] {
    return this.indexed.tasks;
  }

  /** Shown on their own, in the order of their birth, but what has ended last. */
  *visible(): Iterable<Task> {
    for (const { task } of this.indexed.visible) yield task;
  }

  /**
   * Visible tasks that no other visible one waits for, and of a circle the oldest; without those that an HTTP request
   * has begun. `isShown`: only these.
   */
  tops(isShown?: (task: Task) => boolean): TopTasks {
    const { requests, roots } = this;
    if (requests.isEmpty && !isShown) return roots.top;
    const tops = new TopTasks('process');
    for (const one of this.rootTasks())
      if (!requests.requestOf(one.task) && (!isShown || isShown(one.task))) tops.add(one.place, one);
    return tops;
  }

  /** How many tasks people would count: async functions, and promises that stand on their own. */
  get count(): number {
    return this.indexed.functions + this.roots.promises;
  }

  indexedOf(tasks: readonly Task[]): IndexedTask[] {
    return tasks.flatMap(({ id }) => this.indexed.get(id) ?? []);
  }

  /** The HTTP request that a root stands below. */
  requestOf(root: Task): Task | undefined {
    return this.requests.requestOf(root);
  }

  /**
   * What is shown below a task. Promises of Node and of packages give way to what stands behind them;
   * a function of theirs stays as one row, and behind it only the user's tasks and the operations count. Below a
   * request stands what it has begun.
   */
  below(task: Task): readonly Task[] {
    const top = this.indexed.get(task.id);
    if (!top) return [];
    const { awaited } = top;
    const begun = this.requests.begunBy(top.task);
    const [only] = awaited;
    if (!only) return begun;
    if (awaited.length === 1 && begun.length === 0 && !only.isHidden && !this.operationBehind(only))
      return [only.task];
    const found = new Set<IndexedTask>();
    const seen = new Set<IndexedTask>([top]);
    const throughFunctions = top.isHidden;
    const pending = [...awaited].reverse();
    for (let next = pending.pop(); next; next = pending.pop()) {
      const operation = this.operationBehind(next);
      if (operation) {
        found.add(operation);
        continue;
      }
      if (!next.isHidden || isOperation(next.task) || (next.isNamed && !throughFunctions)) {
        found.add(next);
        continue;
      }
      if (seen.has(next)) continue;
      seen.add(next);
      const behind = next.awaited;
      if (behind.length === 0 && !throughFunctions) found.add(next);
      pending.push(...[...behind].reverse());
    }
    return [...new Set([...[...found].map((one) => one.task), ...begun])];
  }

  /** Who waits for a task: past hidden promises to what is shown. */
  above(task: Task): Task[] {
    const found = new Set<Task>();
    const seen = new Set<string>([task.id]);
    const pending = this.waiting(task).reverse();
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (!next.isHidden || next.isNamed) {
        found.add(next.task);
      } else if (!seen.has(next.task.id)) {
        seen.add(next.task.id);
        pending.push(...this.waiting(next.task).reverse());
      }
    }
    return [...found];
  }

  private follow(pieces: TaskPieces): void {
    const changes = this.indexed.follow(pieces);
    if (!changes) return;
    this.roots.update(changes);
    this.version++;
    this.knownRequests = undefined;
  }

  private rootTasks(): RootTask[] {
    return [...this.indexed.visible].filter(isRoot).sort((a, b) => a.place - b.place);
  }

  private get requests(): RequestTasks {
    return (this.knownRequests ??= new RequestTasks(
      this.indexed.requests === 0 ? [] : this.rootTasks(),
      (id) => this.get(id),
    ));
  }

  /**
   * The timer or request that a `new Promise` was made for, or that a function of Node was called for: that itself
   * would only repeat it.
   */
  private operationBehind(one: IndexedTask): IndexedTask | undefined {
    const { task } = one;
    if (!this.hidden) return undefined;
    if (task.type === 'new Promise') {
      const [behind, ...others] = one.awaited;
      return behind && others.length === 0 && isOperation(behind.task) ? behind : undefined;
    }
    if (!isFunctionTask(task) || !one.isHidden) return undefined;
    let behind: IndexedTask | undefined = one;
    for (let step = 0; behind && !isOperation(behind.task) && step < MAX_STEPS; step++) {
      const [next, ...others]: readonly IndexedTask[] = behind.awaited;
      behind = others.length === 0 && next && (isOperation(next.task) || next.isHidden) ? next : undefined;
    }
    return behind && isOperation(behind.task) && `${behind.task.name} `.startsWith(`${task.name} `)
      ? behind
      : undefined;
  }

  private waiting(task: Task): IndexedTask[] {
    return task.awaitedBy.flatMap((id) => this.indexed.get(id) ?? []);
  }
}

/** Promises between a function of Node and its operation. */
const MAX_STEPS = 20;
/** What is hidden otherwise is asked for beside what is shown now; others were asked for before. */
const MAX_INDEXES = 2;

const indexes = new WeakMap<object, Map<HiddenFiles | 'internals', TaskIndex>>();
