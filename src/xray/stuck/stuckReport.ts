import { isOwn } from '../../model/codeOrigin.js';
import { basename } from '../../model/paths.js';
import { counted, durationText } from '../../model/numbers.js';
import { plainText } from '../../model/plainText.js';
import { resourceType } from '../../model/tasks/resourceTypes.js';
import type { Site } from '../../protocol/snapshot.js';
import type { DeepXray } from '../deepXray.js';
import type { Settler } from '../settlers/settlers.js';
import type { SettlerTexts } from '../settlers/settlerTexts.js';
import type { SuspendedTask } from '../tasks/taskGraph.js';
import { awaitCircles } from './awaitCircles.js';
import { type Deadlock, deadlockAt } from './deadlocks.js';
import { Holders } from './holders.js';
import { nearestUsers, userTask } from './userTask.js';

/** One thing that a program may be stuck on. */
export interface StuckLine {
  text: string;
  /** Where to look first. */
  site?: Site;
}

interface Candidate extends StuckLine {
  /** Lower is more likely. */
  rank: number;
  /** How many tasks wait for it. */
  tasks: number;
}

/** What a program is stuck on, the most likely first. */
export class StuckReport {
  private readonly holders: Holders;
  private readonly inDeadlocks = new Set<SuspendedTask>();

  constructor(
    private readonly xray: DeepXray,
    private readonly texts: SettlerTexts,
  ) {
    this.holders = new Holders(xray.settlers);
  }

  lines(most = MOST_LINES): StuckLine[] {
    const candidates = [...this.running(), ...this.circles(), ...this.leaves()];
    candidates.sort((a, b) => a.rank - b.rank || b.tasks - a.tasks);
    return candidates.slice(0, most).map(({ text, site }) => ({
      text: plainText(text, MAX_TEXT),
      ...(site ? { site } : {}),
    }));
  }

  /** The loop is held: nothing else can go on. */
  private *running(): Generator<Candidate> {
    const { isHeld, heldAt } = this.xray;
    if (!isHeld) return;
    const site = heldAt && this.texts.resolve(heldAt);
    const where = site ? `: ${place(site, site.function)} runs` : ', and what runs is not JavaScript';
    yield {
      rank: 0,
      tasks: 0,
      text: `The event loop does not turn${where}. Nothing else can go on meanwhile.`,
      ...(site ? { site } : {}),
    };
  }

  private *circles(): Generator<Candidate> {
    for (const tasks of awaitCircles(this.xray.read.graph)) {
      const names = [...tasks, ...tasks.slice(0, 1)].map((task) => this.texts.task(task));
      yield this.candidate(
        1,
        tasks.length,
        `${names.join(' awaits ')}: a circle, none of them can go on.`,
        tasks[0],
      );
    }
  }

  private *leaves(): Generator<Candidate> {
    const { graph } = this.xray.read;
    const groups = new Map<string, Leaf[]>();
    for (const promise of graph.awaited()) {
      if (graph.producers(promise).some(({ link }) => link !== 'resolve')) continue;
      const leaf = this.leaf(promise);
      const group = leaf && groups.get(leaf.key);
      if (group) group.push(leaf);
      else if (leaf) groups.set(leaf.key, [leaf]);
    }
    for (const group of groups.values()) {
      const found = this.candidateOf(group);
      if (found) yield found;
    }
  }

  private leaf(promise: number): Leaf | undefined {
    const settler = this.xray.settlers.of(promise);
    const users = nearestUsers(this.xray.read.graph, promise);
    const [user] = users;
    if (!user) return undefined;
    const what = settler.best ? this.texts.holder(settler.best).replace(/\[\d+\]/g, '[…]') : '';
    const place = this.xray.places.get(user) ?? user;
    return { promise, settler, users, key: `${settler.kind}|${what}|${place.url}:${place.line}` };
  }

  private candidateOf(group: readonly Leaf[]): Candidate | undefined {
    const [first] = group;
    const user = first?.users[0];
    if (!first || !user) return undefined;
    const { settler, promise } = first;
    const count = new Set(group.flatMap(({ users }) => users)).size;
    const who =
      count === 1 ? `${this.texts.task(user)} waits` : `${this.texts.task(user)} and ${count - 1} more wait`;
    if (settler.kind === 'nobody')
      return this.candidate(
        2,
        count,
        `${who} for ever: nothing in the program can settle what it awaits.`,
        user,
      );
    const deadlock = group
      .slice(0, MOST_OF_A_GROUP)
      .map((leaf) => deadlockAt(leaf.promise, this.xray.settlers, this.holders))
      .find(Boolean);
    if (deadlock) return this.deadlock(deadlock, user);
    const { best } = settler;
    if (!best) return this.candidate(8, count, `${who}, and what will settle that is not known.`, user);
    if (best.kind === 'operation') return this.operation(settler, who, count, user);
    const limit = settler.timeLimit
      ? `; ${this.operationText(settler.timeLimit.node)} is its time limit`
      : '';
    const users = this.usersOf(promise, user);
    const inUse = users.length === 0 ? '' : `; it may be in use by ${this.someTasks(users)}`;
    const rank = best.kind === 'native' ? 7 : settler.timeLimit ? 6 : 4;
    return this.candidate(rank, count, `${who} for ${this.texts.awaited(best)}${inUse}${limit}.`, user);
  }

  /** Told once for all of its tasks. */
  private deadlock({ tasks, promise }: Deadlock, waiter: SuspendedTask): Candidate | undefined {
    if (tasks.every((task) => this.inDeadlocks.has(task))) return undefined;
    for (const task of tasks) this.inDeadlocks.add(task);
    const { graph } = this.xray.read;
    const own = [...new Set(tasks.map((task) => userTask(graph, task)))];
    const { best } = this.xray.settlers.of(promise);
    const what = best ? this.texts.awaited(best) : 'something';
    const [only] = own;
    const text =
      own.length === 1 && only
        ? `${this.texts.task(waiter)} waits for ${what}, which ${this.texts.task(only)} may have: it may wait for itself.`
        : `${own.map((task) => this.texts.task(task)).join(', ')} may wait for each other: ` +
          `each may have what another waits for, as ${what}.`;
    return this.candidate(3, own.length, text, waiter);
  }

  private operation(
    { best }: Settler,
    who: string,
    tasks: number,
    user: SuspendedTask,
  ): Candidate | undefined {
    if (!best) return undefined;
    const type = this.xray.live.resource(best.node)?.type ?? 'Immediate';
    const rank = type === 'Timeout' || type === 'Immediate' ? 9 : 5;
    return this.candidate(rank, tasks, `${who} for ${this.operationText(best.node)}.`, user);
  }

  private operationText(node: number): string {
    const resource = this.xray.live.resource(node);
    if (!resource) return 'setImmediate';
    const { type, detail } = resource;
    const { timerMs, armedAgoMs, host, port, method, path, command } = detail;
    if (timerMs !== undefined) {
      const left =
        armedAgoMs === undefined ? '' : `, ${durationText(Math.max(0, timerMs - armedAgoMs))} left`;
      return `a timer of ${durationText(timerMs)}${left}`;
    }
    const address = host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`;
    return [resourceType(type).name, method, path, command, address].filter(Boolean).join(' ');
  }

  /** Tasks that may have what is waited for, others than the waiter. */
  private usersOf(promise: number, waiter: SuspendedTask): SuspendedTask[] {
    const { graph } = this.xray.read;
    const { best } = this.xray.settlers.of(promise);
    if (best?.kind === 'task') return [];
    const users = this.holders.of(promise).map((task) => userTask(graph, task));
    return [...new Set(users)].filter((task) => task !== waiter);
  }

  private someTasks(tasks: readonly SuspendedTask[]): string {
    const shown = tasks.slice(0, 3).map((task) => this.texts.task(task));
    const more = tasks.length - shown.length;
    return `${shown.join(', ')}${more > 0 ? ` and ${counted(more, 'more', 'more')}` : ''}`;
  }

  private candidate(rank: number, tasks: number, text: string, task: SuspendedTask | undefined): Candidate {
    const site = task && this.texts.siteOf(task);
    // a line of the program's own says more than one of a package
    const foreign = task && !isOwn(task.url) ? 0.5 : 0;
    return { rank: rank + foreign, tasks, text, ...(site ? { site } : {}) };
  }
}

interface Leaf {
  promise: number;
  settler: Settler;
  users: SuspendedTask[];
  key: string;
}

function place(site: Site, name: string | undefined): string {
  return `${name ?? '<anonymous>'} (${basename(site.file)}:${site.line})`;
}

const MOST_LINES = 10;
/** Equal waits that are looked at for a deadlock. */
const MOST_OF_A_GROUP = 20;
const MAX_TEXT = 500;
