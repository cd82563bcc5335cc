import type { Site, Task } from '../protocol/snapshot.js';
import type { WireEntry } from '../protocol/wire.js';
import type { AwaitGraph } from './awaitGraph.js';
import { entryNames, timerLeft } from './taskNames.js';

/** The public tasks of the entries that are alive; only what changed is made again. */
export class TaskList {
  private readonly known = new Map<number, Task>();
  private readonly sites = new Map<number, Site | undefined>();

  /** `late`: the agent came after the program had started. */
  constructor(
    private readonly graph: AwaitGraph,
    private readonly late: boolean,
    private readonly taskId: (entry: number) => string,
    private readonly resolve: (site: number) => Site | undefined,
  ) {}

  changed(entry: number): void {
    this.known.delete(entry);
  }

  sitesChanged(): void {
    this.known.clear();
    this.sites.clear();
  }

  /** In the order of their birth, with ages at this moment of the debuggee's clock. */
  at(nowMs: number): Task[] {
    const tasks: Task[] = [];
    for (const entry of this.graph.entries()) {
      let task = this.known.get(entry.id);
      if (!task) {
        task = this.make(entry);
        this.known.set(entry.id, task);
      }
      const aged: Task = { ...task, ageMs: Math.max(0, nowMs - entry.bornMs) };
      const left = entry.detail && timerLeft(entry.detail, nowMs);
      if (left !== undefined) aged.detail = left;
      tasks.push(aged);
    }
    return tasks;
  }

  private make(entry: WireEntry): Task {
    const { graph, taskId } = this;
    const site = this.site(entry.site);
    const awaitingAt = this.site(entry.await);
    // The place of a generator's request is its caller's.
    const isDefinition = entry.kind === 'function' || entry.kind === 'module';
    const ownSite = isDefinition ? (site ?? awaitingAt) : awaitingAt;
    const names = entryNames(entry, ownSite);
    const task: Task = {
      id: taskId(entry.id),
      ...names,
      state: graph.state(entry),
      awaits: graph.awaits(entry).map(taskId),
      awaitedBy: graph.awaitedBy(entry).map(taskId),
      ageMs: 0,
      busyMs: 0,
      runs: entry.runs,
    };
    const createdAt = isDefinition ? this.site(entry.call) : site;
    if (createdAt) task.createdAt = createdAt;
    if (isDefinition && site) task.definedAt = site;
    if (awaitingAt && task.state !== 'running') task.awaitingAt = awaitingAt;
    if (entry.by !== 0) task.createdBy = taskId(entry.by);
    const inputs = graph.inputs(entry);
    if (inputs) task.inputs = inputs;
    if (this.late && entry.bornMs <= 0) task.beforeAttach = true;
    return task;
  }

  private site(index: number | undefined): Site | undefined {
    if (index === undefined) return undefined;
    if (!this.sites.has(index)) this.sites.set(index, this.resolve(index));
    return this.sites.get(index);
  }
}
