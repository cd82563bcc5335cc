import type { ProcessSnapshot, Task } from '../../protocol/snapshot.js';
import { historyOf, type TaskPieces } from '../tasks/taskHistory.js';
import { HiddenFiles } from './hiddenFiles.js';
import type { IndexedTask } from './indexedTask.js';
import { IndexedTasks } from './indexedTasks.js';
import { type Grouping, listed } from './listing.js';
import { RequestTasks } from './requestTasks.js';
import { isRoot, requestAbove, Roots, type RootTask } from './topLevelTasks.js';
import { shownBelow } from './shownBelow.js';
import type { TaskLookup } from './taskLookup.js';
import { type Asked, TaskSearch } from './taskSearch.js';
import { type Selection, TaskSelection } from './taskSelection.js';
import { TopTasks } from './topTasks.js';

/** Which tasks of a process are shown, what is at the top, and what stands below a task. */
export class TaskIndex implements TaskLookup {
  private readonly indexed: IndexedTasks;
  private readonly roots: Roots;
  private readonly requests: RequestTasks;
  /**
   * Visible tasks that no other visible one waits for, and of a circle the oldest; without those that an HTTP request
   * has begun.
   */
  private readonly tops = new TopTasks('process');
  /** What was asked for last, where that is something else. */
  private selection: { readonly key: string; readonly of: TaskSelection } | undefined;

  /**
   * One for all snapshots of a program: it goes on from one to the next. `internals`: nothing is hidden. `most`: of the
   * tasks that a new one has to learn, it leaves the others to the next times (`isWhole`).
   */
  static of(
    process: ProcessSnapshot,
    internals: boolean,
    hidden = HiddenFiles.byDefault,
    most = Infinity,
  ): TaskIndex {
    const history = historyOf(process);
    const key = internals ? 'internals' : hidden;
    const known = indexes.get(history.of) ?? new Map<HiddenFiles | 'internals', TaskIndex>();
    indexes.set(history.of, known);
    const index = known.get(key) ?? new TaskIndex(internals ? undefined : hidden);
    known.delete(key);
    known.set(key, index);
    for (const oldest of known.keys()) if (known.size > MAX_INDEXES) known.delete(oldest);
    index.follow(history.pieces, most);
    return index;
  }

  /** Whichever there is: all of them find tasks by their ids. */
  static any(process: ProcessSnapshot): TaskIndex {
    const { of, pieces } = historyOf(process);
    const index = [...(indexes.get(of)?.values() ?? [])].find(({ isWhole }) => isWhole);
    index?.follow(pieces, Infinity);
    return index ?? TaskIndex.of(process, true);
  }

  private constructor(private readonly hidden: HiddenFiles | undefined) {
    const find = (id: string): IndexedTask | undefined => this.indexed.get(id);
    this.indexed = new IndexedTasks(hidden, (one) => this.leave(one));
    this.roots = new Roots(
      find,
      (root) => this.enterTop(root),
      (root) => this.leaveTop(root),
    );
    this.requests = new RequestTasks(find, (one, origin) => this.changeOrigin(one, origin));
  }

  /** All tasks of the snapshot are in it. */
  get isWhole(): boolean {
    return this.indexed.isWhole;
  }

  get(id: string): Task | undefined {
    return this.find(id)?.task;
  }

  find(id: string): IndexedTask | undefined {
    return this.indexed.get(id);
  }

  /** How many tasks people would count: async functions, and promises that stand on their own. */
  get count(): number {
    return this.indexed.functions + this.roots.promises;
  }

  /**
   * What a grouping shows at the top: of the tasks that are asked for, or of all. It goes on from one snapshot to the
   * next while the same is asked for; `most`: at first it looks at so many tasks each time.
   */
  select(grouping: Grouping, asked: Asked | undefined, most = Infinity): Selection {
    if (grouping === 'awaits' && !asked) {
      this.selection = undefined;
      return this.everything;
    }
    const key = `${grouping}\n${asked?.key ?? ''}`;
    if (this.selection?.key !== key) {
      const search = asked && new TaskSearch(this, asked);
      this.selection = { key, of: new TaskSelection(this, listed(grouping), search, this.indexed.pieces) };
    }
    const { of } = this.selection;
    of.processNextBatch(most);
    return of;
  }

  /** All tasks, grouped by awaits. */
  get everything(): Selection {
    return { listed: { by: 'awaits', tasks: this.tops } };
  }

  indexedOf(tasks: readonly Task[]): IndexedTask[] {
    return tasks.flatMap(({ id }) => this.find(id) ?? []);
  }

  /** What is shown below a task: what it waits for, and below a request what it has begun. */
  below(task: Task): readonly Task[] {
    const top = this.find(task.id);
    if (!top) return [];
    const tasks = shownBelow(top, this.hidden !== undefined).map((one) => one.task);
    const begun = this.requests.rootsOf(top);
    if (begun.size === 0) return tasks;
    return [...new Set([...tasks, ...[...begun].map((one) => one.task)])];
  }

  /** Who waits for a task: past hidden promises to what is shown. */
  above(task: Task): Task[] {
    const found = new Set<Task>();
    const seen = new Set<string>([task.id]);
    let pending = this.waitersOf(task).reverse();
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (!next.isHidden || next.isNamed) {
        found.add(next.task);
      } else if (!seen.has(next.task.id)) {
        seen.add(next.task.id);
        pending = pending.concat(this.waitersOf(next.task).reverse());
      }
    }
    return [...found];
  }

  leadingTo(one: IndexedTask): readonly IndexedTask[] {
    const waiters = this.waitersOf(one.task);
    const request = isRoot(one) ? requestAbove(one) : undefined;
    return request ? [...waiters, request] : waiters;
  }

  comingFrom(one: IndexedTask): readonly IndexedTask[] {
    const begun = this.requests.rootsOf(one);
    return begun.size === 0 ? one.awaits : [...one.awaits, ...begun];
  }

  private waitersOf({ awaitedBy }: Task): IndexedTask[] {
    return awaitedBy.flatMap((id) => this.find(id) ?? []);
  }

  private follow(pieces: TaskPieces, most: number): void {
    const changes = this.indexed.follow(pieces, most);
    if (!changes) return;
    this.requests.update(changes, this.indexed.requests > 0);
    this.roots.update(changes);
    this.selection?.of.update(changes);
  }

  /** A task is about to change, to move or to go. */
  private leave(one: IndexedTask): void {
    this.selection?.of.leave(one);
    this.roots.leave(one);
    this.requests.leave(one);
  }

  private enterTop(root: RootTask): void {
    const request = requestAbove(root);
    if (request) this.requests.addRoot(request, root);
    else this.tops.add(root.place, root);
    this.selection?.of.enterTop(root, request);
  }

  private leaveTop(root: RootTask): void {
    const request = requestAbove(root);
    this.selection?.of.leaveTop(root, request);
    if (request) this.requests.deleteRoot(request, root);
    else this.tops.delete(root.place, root);
  }

  private changeOrigin(one: IndexedTask, origin: IndexedTask | undefined): void {
    if (isRoot(one)) this.leaveTop(one);
    one.origin = origin;
    if (isRoot(one)) this.enterTop(one);
  }
}

/** What is hidden otherwise is asked for beside what is shown now; others were asked for before. */
const MAX_INDEXES = 2;

const indexes = new WeakMap<object, Map<HiddenFiles | 'internals', TaskIndex>>();
