import type { SiteResolver } from '../../model/siteResolver.js';
import { AwaitGraph } from '../../model/tasks/awaitGraph.js';
import { TaskList } from '../../model/tasks/taskList.js';
import type { Site, Task } from '../../protocol/snapshot.js';
import type { Poll, WireEntry } from '../../protocol/wire.js';
import type { Sites } from './sites.js';

export interface XrayTaskOptions {
  pid: number;
  poolSize: number;
  /** Id of the task of an entry. */
  taskId: (entry: number) => string;
  /** What more is known of an entry, such as who may settle its promise. */
  detail: (entry: number) => string | undefined;
}

/** What was read of a program, as an agent would have sent it. */
export interface ReadEntries {
  readonly entries: WireEntry[];
  readonly sites: Sites;
  /** Where the handler of a `then` begins, by the id of the entry. */
  readonly handlerSites: ReadonlyMap<number, number>;
  /** Timers of Node's own. */
  readonly internal: ReadonlySet<number>;
}

/** The public tasks of what was read from a heap, made by what makes those of a program that has the agent. */
export class XrayTasks {
  private readonly graph: AwaitGraph;
  private readonly list: TaskList;

  constructor(
    private readonly entries: ReadEntries,
    private readonly options: XrayTaskOptions,
    private readonly resolver: SiteResolver,
  ) {
    const { pid, poolSize, taskId } = options;
    this.graph = new AwaitGraph((id) => list.changed(id), { poolSize });
    const resolve = (site: number): Site | undefined => this.site(site);
    const list: TaskList = new TaskList(this.graph, { pid, late: false, taskId, resolve });
    this.list = list;
    this.graph.put(pollOf(entries));
  }

  /** With the places of the original sources, as far as these are there. */
  tasks(): Task[] {
    this.list.sitesChanged();
    this.list.update(0, Infinity);
    const byId = new Map(
      this.list
        .with([])
        .flat()
        .map((task) => [task.id, task]),
    );
    for (const { id } of this.entries.entries) {
      const task = byId.get(this.options.taskId(id));
      if (task) this.complete(task, id);
    }
    return [...byId.values()];
  }

  private complete(task: Task, id: number): void {
    task.fromHeap = true;
    if (this.entries.internal.has(id) && task.awaitedBy.length === 0) task.internal = true;
    const handler = this.entries.handlerSites.get(id);
    const definedAt = handler === undefined ? undefined : this.site(handler);
    if (definedAt) task.definedAt = definedAt;
    const detail = this.options.detail(id);
    if (detail !== undefined) task.detail = detail;
  }

  private site(index: number): Site | undefined {
    const frame = this.graph.frame(index);
    return frame && index > 0 ? this.resolver.resolve(frame) : undefined;
  }
}

function pollOf({ entries, sites: { scripts, sites } }: ReadEntries): Poll {
  return {
    kind: 'poll',
    seq: 1,
    nowMs: 0,
    scripts,
    sites,
    entries,
    ended: [],
    settled: 0,
    blocks: [],
    more: false,
    dropped: { records: 0, sites: 0 },
    loop: { idleMs: 0, turnMaxMs: 0, turns: 0 },
  };
}
