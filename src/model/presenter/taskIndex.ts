import type { ProcessSnapshot, Site, Task } from '../../protocol/snapshot.js';
import { isDependency, isNodeInternal } from '../codeOrigin.js';
import { resourceType } from '../resourceTypes.js';

/** Which tasks of a process are shown, what is at the top, and what stands below a task. */
export class TaskIndex {
  /** Shown on their own, in the order of their birth. */
  readonly visible: readonly Task[];
  private readonly byId = new Map<string, Task>();
  private readonly visibleIds = new Set<string>();
  private knownRoots: readonly Task[] | undefined;

  /** The same for the same snapshot: the tree and the status bar ask one after the other. */
  static of(process: ProcessSnapshot, internals: boolean): TaskIndex {
    const known = (internals ? indexesOfAll : indexes).get(process);
    if (known) return known;
    const index = new TaskIndex(process, internals);
    (internals ? indexesOfAll : indexes).set(process, index);
    return index;
  }

  private constructor(
    process: ProcessSnapshot,
    private readonly internals: boolean,
  ) {
    for (const task of process.tasks) this.byId.set(task.id, task);
    this.visible = process.tasks.filter((task) => internals || !isInternalTask(task));
    for (const task of this.visible) this.visibleIds.add(task.id);
  }

  get(id: string): Task | undefined {
    return this.byId.get(id);
  }

  isVisible(task: Task): boolean {
    return this.visibleIds.has(task.id);
  }

  /** Visible tasks that no other visible one waits for; of a circle the oldest. */
  get roots(): readonly Task[] {
    return (this.knownRoots ??= this.findRoots());
  }

  /**
   * What is shown below a task. Promises of Node and of packages give way to what stands behind them;
   * a function of theirs stays as one row, and behind it only the user's tasks and the operations count.
   */
  below(task: Task): Task[] {
    const found = new Map<string, Task>();
    const seen = new Set<string>([task.id]);
    const throughFunctions = !this.isVisible(task);
    const pending = this.awaited(task).reverse();
    for (let next = pending.pop(); next; next = pending.pop()) {
      const operation = this.internals ? undefined : this.operationBehind(next);
      if (operation) {
        found.set(operation.id, operation);
        continue;
      }
      if (this.isVisible(next) || isOperation(next) || (isNamed(next) && !throughFunctions)) {
        found.set(next.id, next);
        continue;
      }
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      const behind = this.awaited(next);
      if (behind.length === 0 && !throughFunctions) found.set(next.id, next);
      pending.push(...behind.reverse());
    }
    return [...found.values()];
  }

  /** The timer or request that a `new Promise` was made for: the promise itself would only repeat it. */
  private operationBehind(task: Task): Task | undefined {
    if (task.type !== 'new Promise' || task.awaits.length !== 1) return undefined;
    const [awaited] = this.awaited(task);
    return awaited && isOperation(awaited) ? awaited : undefined;
  }

  private findRoots(): Task[] {
    const covered = new Set<string>();
    for (const task of this.visible) this.cover(task, covered, false);
    const roots = this.visible.filter((task) => !covered.has(task.id));
    const reached = new Set<string>();
    for (const root of roots) this.cover(root, reached, true);
    for (const task of this.visible) {
      if (!covered.has(task.id) || reached.has(task.id)) continue;
      roots.push(task);
      this.cover(task, reached, true);
      reached.add(task.id);
    }
    return roots;
  }

  /** Marks what a task waits for: through what is hidden, or all of it. */
  private cover(task: Task, covered: Set<string>, all: boolean): void {
    const pending = [task];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const id of next.awaits) {
        const awaited = covered.has(id) ? undefined : this.byId.get(id);
        if (!awaited) continue;
        covered.add(id);
        if (all || !this.isVisible(awaited)) pending.push(awaited);
      }
    }
  }

  private awaited(task: Task): Task[] {
    return task.awaits.flatMap((id) => this.byId.get(id) ?? []);
  }
}

/** An async function, generator or module: what people call a task. */
export function isFunctionTask(task: Task): boolean {
  return task.kind === 'asyncFunction' || task.kind === 'generator' || task.kind === 'module';
}

/** The result of a `then` or a bare promise: at the top of a tree it says little. */
export function isPlumbing(task: Task): boolean {
  return task.kind === 'promise' && (task.type.startsWith('.') || task.type === 'promise');
}

export function isOperation(task: Task): boolean {
  return task.kind === 'timer' || task.kind === 'operation' || task.kind === 'handle';
}

/** How many tasks people would count: async functions, and promises that stand on their own. */
export function countTasks(index: TaskIndex): number {
  const functions = index.visible.filter(isFunctionTask).length;
  return functions + index.roots.filter((task) => !isFunctionTask(task) && isOwnPromise(task)).length;
}

function isOwnPromise(task: Task): boolean {
  return !isOperation(task) && !isPlumbing(task);
}

function isNamed(task: Task): boolean {
  return isFunctionTask(task) || task.kind === 'combinator';
}

/** Made by Node, and yet what people look for first. */
const REQUESTS = new Set(['HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST']);

function isInternalTask(task: Task): boolean {
  if (isOperation(task) && resourceType(task.type).internal) return true;
  if (task.kind === 'handle') return false;
  // a connection between two requests has no name of its own
  if (REQUESTS.has(task.type)) return task.name === resourceType(task.type).name;
  const site = task.definedAt ?? task.createdAt;
  if (!site) return false;
  // Many tasks share one place.
  let foreign = foreignSites.get(site);
  if (foreign === undefined) {
    foreign = isNodeInternal(site.file) || isDependency(site.file);
    foreignSites.set(site, foreign);
  }
  return foreign;
}

const indexes = new WeakMap<ProcessSnapshot, TaskIndex>();
const indexesOfAll = new WeakMap<ProcessSnapshot, TaskIndex>();
const foreignSites = new WeakMap<Site, boolean>();
