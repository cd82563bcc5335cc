import type { ProcessSnapshot, Task } from '../../protocol/snapshot.js';
import { resourceType } from '../tasks/resourceTypes.js';
import { HiddenFiles } from './hiddenFiles.js';
import { RequestTasks } from './requestTasks.js';
import { isEnded, isFunctionTask, isOperation, isPlumbing, isRequest } from './taskKinds.js';

/** Which tasks of a process are shown, what is at the top, and what stands below a task. */
export class TaskIndex {
  /** Shown on their own, in the order of their birth. */
  readonly visible: readonly Task[];
  private readonly byId = new Map<string, Task>();
  private readonly hiddenTasks = new Set<Task>();
  private knownRoots: readonly Task[] | undefined;
  private knownRequests: RequestTasks | undefined;

  /**
   * The same for the same snapshot: the tree and the status bar ask one after the other. `internals`: nothing is
   * hidden.
   */
  static of(process: ProcessSnapshot, internals: boolean, hidden = HiddenFiles.byDefault): TaskIndex {
    const key = internals ? 'internals' : hidden;
    const known = indexes.get(process) ?? new Map<HiddenFiles | 'internals', TaskIndex>();
    indexes.set(process, known);
    const index = known.get(key) ?? new TaskIndex(process, internals ? undefined : hidden);
    known.set(key, index);
    return index;
  }

  private constructor(
    process: ProcessSnapshot,
    private readonly hidden: HiddenFiles | undefined,
  ) {
    for (const task of process.tasks) {
      this.byId.set(task.id, task);
      if (hidden && isHidden(task, hidden)) this.hiddenTasks.add(task);
    }
    this.visible = process.tasks.filter((task) => !this.hiddenTasks.has(task));
  }

  get(id: string): Task | undefined {
    return this.byId.get(id);
  }

  isVisible(task: Task): boolean {
    return !this.hiddenTasks.has(task);
  }

  /** Visible tasks that no other visible one waits for; of a circle the oldest. */
  get roots(): readonly Task[] {
    return (this.knownRoots ??= this.findRoots());
  }

  /** The roots without those that an HTTP request has begun. */
  get tops(): readonly Task[] {
    return this.roots.filter((task) => !this.requests.requestOf(task));
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
  below(task: Task): Task[] {
    const found = new Map<string, Task>();
    const seen = new Set<string>([task.id]);
    const throughFunctions = !this.isVisible(task);
    const pending = this.awaited(task).reverse();
    for (let next = pending.pop(); next; next = pending.pop()) {
      const operation = this.hidden && this.operationBehind(next);
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
    for (const begun of this.requests.begunBy(task)) found.set(begun.id, begun);
    return [...found.values()];
  }

  /** Who waits for a task: past hidden promises to what is shown. */
  above(task: Task): Task[] {
    const found = new Map<string, Task>();
    const seen = new Set<string>([task.id]);
    const pending = this.waiting(task).reverse();
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (this.isVisible(next) || isNamed(next)) {
        found.set(next.id, next);
      } else if (!seen.has(next.id)) {
        seen.add(next.id);
        pending.push(...this.waiting(next).reverse());
      }
    }
    return [...found.values()];
  }

  private get requests(): RequestTasks {
    return (this.knownRequests ??= new RequestTasks(this.roots, (id) => this.byId.get(id)));
  }

  /**
   * The timer or request that a `new Promise` was made for, or that a function of Node was called for: that itself
   * would only repeat it.
   */
  private operationBehind(task: Task): Task | undefined {
    if (task.type === 'new Promise') {
      const [behind, ...others] = this.awaited(task);
      return behind && others.length === 0 && isOperation(behind) ? behind : undefined;
    }
    if (!isFunctionTask(task) || this.isVisible(task)) return undefined;
    let behind: Task | undefined = task;
    for (let step = 0; behind && !isOperation(behind) && step < MAX_STEPS; step++) {
      const [next, ...others]: Task[] = this.awaited(behind);
      behind = others.length === 0 && next && (isOperation(next) || !this.isVisible(next)) ? next : undefined;
    }
    return behind && isOperation(behind) && `${behind.name} `.startsWith(`${task.name} `)
      ? behind
      : undefined;
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
      for (const awaited of this.awaited(next)) {
        if (covered.has(awaited.id)) continue;
        covered.add(awaited.id);
        if (all || !this.isVisible(awaited)) pending.push(awaited);
      }
    }
  }

  /** Without what is no news beside the rest: plumbing, and the handles that carry an operation. */
  private awaited(task: Task): Task[] {
    const awaited = task.awaits.flatMap((id) => this.byId.get(id) ?? []);
    if (!this.hidden) return awaited;
    const telling = awaited.filter((one) => !one.internal || tellingRank(one) === 0);
    if (task.kind !== 'promise' || telling.length < 2) return telling;
    const most = telling.reduce((rank, one) => Math.max(rank, tellingRank(one)), 0);
    return telling.filter((one) => tellingRank(one) === most);
  }

  private waiting(task: Task): Task[] {
    return task.awaitedBy.flatMap((id) => this.byId.get(id) ?? []);
  }
}

/** How many tasks people would count: async functions, and promises that stand on their own. */
export function countTasks(index: TaskIndex): number {
  const functions = index.visible.filter((task) => isFunctionTask(task) && !isEnded(task)).length;
  return functions + index.roots.filter((task) => !isFunctionTask(task) && isOwnPromise(task)).length;
}

function isOwnPromise(task: Task): boolean {
  return !isOperation(task) && !isPlumbing(task) && !isEnded(task);
}

function isNamed(task: Task): boolean {
  return isFunctionTask(task) || task.kind === 'combinator';
}

/** Of several things that one promise was made for, how much each tells of what it waits for. */
function tellingRank(task: Task): number {
  if (isOperation(task) && resourceType(task.type).carrier) return 0;
  return task.kind === 'handle' ? 1 : 2;
}

/** Made by Node, and yet what people look for first. */
const REQUESTS = new Set(['HTTPCLIENTREQUEST', 'UNDICIREQUEST', 'WEBSOCKETREQUEST']);

function isHidden(task: Task, hidden: HiddenFiles): boolean {
  if (isRequest(task)) return false;
  if (task.internal) return true;
  if (task.kind === 'handle') return false;
  if (REQUESTS.has(task.type)) return task.name === resourceType(task.type).name;
  // of a generator no other place in its own code is known
  const site = task.definedAt ?? (task.kind === 'generator' ? task.awaitingAt : undefined) ?? task.createdAt;
  return site !== undefined && hidden.hides(site);
}

/** Promises between a function of Node and its operation. */
const MAX_STEPS = 20;

const indexes = new WeakMap<ProcessSnapshot, Map<HiddenFiles | 'internals', TaskIndex>>();
