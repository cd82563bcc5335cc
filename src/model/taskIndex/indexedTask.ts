import type { Task } from '../../protocol/snapshot.js';
import { isLibraryOperation, resourceType } from '../tasks/resourceTypes.js';
import {
  isEnded,
  isFunctionTask,
  isOperation,
  isOrigin,
  isPlumbing,
  isRequest,
  isTest,
} from '../tasks/taskKinds.js';
import type { HiddenFiles } from './hiddenFiles.js';
import type { GroupingKey } from './groupingKeys.js';

/** Where it stands among those that nobody waits for. */
export type RootLevel = 'call' | 'promise' | 'operation' | 'plumbing' | 'handle' | 'unreachable' | 'ended';

/** A task with what is asked of every task at every redraw: worked out again only when the task has changed. */
export class IndexedTask {
  /** Another number than that of each other task, in the order of the snapshot; what has ended is counted apart. */
  order = 0;
  /** Not shown on its own. */
  isHidden = false;
  /** Of several things that one promise was made for, how much it tells of what the promise waits for. */
  rank = 0;
  /** It is no mere plumbing of Node's. */
  isNews = true;
  awaits: readonly IndexedTask[] = NONE;
  /** Its weight when it was linked last. */
  weighed: number | undefined;
  level: RootLevel = 'promise';
  /** A visible task waits for it, directly or through hidden ones. */
  isCovered = false;
  /** It is a task that no visible one waits for, or stands below one. */
  isReached = false;
  /** The HTTP request that has begun it, directly or through others. */
  origin: IndexedTask | undefined;
  /** Its place among the tasks at the top; `undefined`: it is none of them. */
  place: number | undefined;
  /** Used by a walk over what tasks wait for: by which one it was found. */
  foundBy = 0;
  /** Numbers of the selection that lists it, and of the search that has looked at it; 0: none. */
  listedBy = 0;
  searchedBy = 0;
  /** The search asks for it, or for something below it. */
  isMatch = false;
  isKept = false;

  constructor(
    public task: Task,
    public look: GroupingKey,
  ) {}

  /** `hidden`: `undefined` where nothing is. */
  change(task: Task, look: GroupingKey, hidden: HiddenFiles | undefined): void {
    this.task = task;
    this.look = look;
    this.level = rootLevel(task);
    this.isHidden = hidden !== undefined && isHidden(task, hidden);
    this.rank = hidden === undefined ? 0 : rankOf(task);
    this.isNews = hidden === undefined || !task.internal || this.rank === 0;
  }

  /** Links it with those that it waits for. */
  link(get: (id: string) => IndexedTask | undefined): void {
    const { awaits } = this.task;
    this.awaits = awaits.length === 0 ? NONE : awaits.flatMap((id) => get(id) ?? []);
  }

  /** Another number where those that wait for it see it otherwise. */
  get weight(): number {
    return (this.isHidden ? 8 : 0) + (this.isNews ? 4 : 0) + this.rank;
  }

  get isNamed(): boolean {
    return isFunctionTask(this.task) || this.task.kind === 'combinator';
  }

  /** What it awaits, without what is no news beside the rest: plumbing, and the handles that carry an operation. */
  get awaited(): readonly IndexedTask[] {
    const { awaits } = this;
    const [first] = awaits;
    if (!first || (awaits.length === 1 && first.isNews)) return awaits;
    const telling = awaits.filter(({ isNews }) => isNews);
    if (this.task.kind !== 'promise' || telling.length < 2) return telling;
    const most = telling.reduce((highest, { rank }) => Math.max(highest, rank), 0);
    return telling.filter(({ rank }) => rank === most);
  }
}

function rankOf(task: Task): number {
  // what a library says that it waits for tells more than the timer with which it gives that up
  if (isLibraryOperation(task.type)) return 3;
  return isOperation(task) && resourceType(task.type).carrier ? 0 : task.kind === 'handle' ? 1 : 2;
}

function rootLevel(task: Task): RootLevel {
  if (isEnded(task)) return 'ended';
  if (task.unreachable && !task.circle) return 'unreachable';
  if (task.kind === 'handle') return 'handle';
  if (isFunctionTask(task) || isOrigin(task)) return 'call';
  if (isPlumbing(task)) return 'plumbing';
  return isOperation(task) ? 'operation' : 'promise';
}

const NONE: readonly IndexedTask[] = [];

/** Made by Node, and yet what people look for first. */
const REQUESTS = new Set(['HTTPCLIENTREQUEST', 'UNDICIREQUEST', 'WEBSOCKETREQUEST']);

function isHidden(task: Task, hidden: HiddenFiles): boolean {
  if (isRequest(task)) return false;
  if (isTest(task)) return task.name === resourceType(task.type).name;
  if (task.internal) return true;
  if (task.kind === 'handle') return false;
  if (REQUESTS.has(task.type)) return task.name === resourceType(task.type).name;
  // of a generator no other place in its own code is known
  const site = task.definedAt ?? (task.kind === 'generator' ? task.awaitingAt : undefined) ?? task.createdAt;
  return site !== undefined && hidden.hides(site);
}
