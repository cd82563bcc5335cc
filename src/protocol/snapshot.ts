/**
 * The public snapshot: one JSON shape for the extension API, the export, the CLI and the tests.
 * It changes only by addition. All times are in milliseconds; all lines and columns are 1-based
 * and in the original source where a source map is known.
 */
export interface Snapshot {
  version: 1;
  /** ISO 8601. */
  takenAt: string;
  processes: ProcessSnapshot[];
}

export type ProcessState = 'connecting' | 'running' | 'paused' | 'blocked' | 'ended' | 'unavailable';

export interface ProcessSnapshot {
  /** Id of the debug session; in the CLI `HOST:PORT`, with `/worker-N` for a worker. Unique in a snapshot. */
  session: string;
  /** Session of the process that started this one, where it is known. */
  parent?: string;
  name: string;
  /** 0 until the process has answered. */
  pid: number;
  /** 0 for the main thread. */
  threadId: number;
  /** `process.version` of the debuggee, empty until it has answered. */
  node: string;
  state: ProcessState;
  /** The moment of the snapshot on the debuggee's clock, as `startedMs` of a block; absent until it has answered. */
  nowMs?: number;
  /** Why there is nothing to show, what ended, or what is incomplete: one line for people. */
  note?: string;
  /** How it came to its end, where it could say so: it was not killed. */
  ending?: Ending;
  tasks: Task[];
  warnings: Warning[];
  loop: {
    utilization: number;
    lagMs: { p50: number; p99: number; max: number };
    /** What the program makes in a second: promises that wait for another one, and other async resources. Absent: not known. */
    perSecond?: { promises: number; resources: number };
  };
  /** What loading code has held the loop for, from a threshold on: no warning. The dearest lines first. */
  startUp?: {
    durationMs: number;
    lines: { durationMs: number; site?: Site; package?: string }[];
  };
  /** Blocks in which no line of the program was found: no warnings. The dearest places first. */
  foreignBlocks?: {
    count: number;
    totalMs: number;
    maxMs: number;
    lines: { site: Site; count: number; totalMs: number; package?: string }[];
  };
  /** Present while `state` is `blocked`; `what` says it in words where there is no place. */
  blocked?: { durationMs: number; site?: Site; stack: Site[]; task?: string; what?: string };
  /**
   * Present while `state` is `paused`: where the debugger stands, and the task that it stands in, where that is known,
   * with the line in the task's own function.
   */
  paused?: { site?: Site; task?: string; taskSite?: Site };
  /**
   * What did not fit or was not recorded since the program began. `promises`: of those that were not recorded at least
   * so many have not settled, though some may have been garbage-collected; absent: none that is known of.
   */
  dropped: { records: number; sites: number; promises?: number };
  /** Tasks were read from the program's heap: when (ISO 8601, and as clocks show it there), and how deep. */
  xray?: { takenAt: string; timeOfDay: string; depth: XrayDepth };
  /** How many tasks are to come, or to get a better place, in the next snapshots: very many are taken in little by little. Absent: none. */
  backlog?: number;
}

/** `light`: places and counts alone. `deep`: from a heap snapshot, with links, operations and who may settle what. */
export type XrayDepth = 'light' | 'deep';

export interface Ending {
  /** `itself`: nothing kept it running any more. `error`: an error that nobody caught. Absent: not known. */
  by?: 'itself' | 'process.exit' | 'error';
  /** Exit code; absent: not known. */
  code?: number;
  /** Who called `process.exit`. */
  site?: Site;
}

export type TaskKind =
  'asyncFunction' | 'promise' | 'combinator' | 'generator' | 'module' | 'timer' | 'operation' | 'handle';

/**
 * `ready`: what it awaits has settled, but it has not been resumed yet. `fulfilled` and `rejected`: it has ended
 * and stays for the retention time.
 */
export type TaskState = 'running' | 'awaiting' | 'ready' | 'pending' | 'fulfilled' | 'rejected';

export interface Task {
  /** Stable while the session lives. Unique in a snapshot. */
  id: string;
  kind: TaskKind;
  /** `async function`, `Promise.all`, `new Promise`, `.then`, `Timeout`, `TCPCONNECTWRAP` … */
  type: string;
  /** For people: the function, the operation, the request. */
  name: string;
  state: TaskState;
  /** What is known of an operation: `1,000 ms, 300 ms left`, `127.0.0.1:5432`, `GET /cart`. */
  detail?: string;
  /** Where it was created: for an async function its call site. */
  createdAt?: Site;
  /** Where a package began this operation: the package's own line. `createdAt` is the program's that called it, if known. */
  through?: Site;
  /** Where the function itself is defined. */
  definedAt?: Site;
  awaitingAt?: Site;
  /** What it awaits there, as the source says it: `once(child, 'exit')`. Absent: not known, or what it awaits has a name. */
  awaiting?: string;
  /** Ids of what it waits for. */
  awaits: string[];
  /** How many more it waits for that are not among `awaits`, because they are too many. */
  awaitsMore?: number;
  /** Ids of what waits for it. */
  awaitedBy: string[];
  /** Id of the task that was running when this one was created. */
  createdBy?: string;
  /** How many inputs a combinator has had, and how many of them have settled. */
  inputs?: { total: number; settled: number };
  /** Until now, or until it ended. */
  ageMs: number;
  /** Time it ran, and time it could have gone on but the loop was busy; as far as its runs were recorded. */
  busyMs: number;
  readyMs?: number;
  /** While it is `ready`: since when, as far as that is known, on the clock of the process's `nowMs`. */
  readySinceMs?: number;
  runs: number;
  /** Of a task that has ended: its result or error as one line, and how long ago that was. */
  result?: string;
  endedAgoMs?: number;
  /** It waits for itself through others and so for ever. */
  circle?: boolean;
  /**
   * It waits for its resolve function to be called, and no timer, operation or other promise was seen that will do
   * that. A queue, a lock or a listener may: this says nothing of whether it ends.
   */
  unpromised?: boolean;
  /**
   * It can never go on, or settle: what it waits for was garbage-collected while it was pending, since nothing referred
   * to it any more.
   */
  unreachable?: boolean;
  /** How many more such tasks of the same function and await line there were, which are not kept. */
  unreachableMore?: number;
  /** Node's own plumbing, of no use to people. */
  internal?: boolean;
  /**
   * Of timers, operations and handles, where it is known: whether the process goes on as long as it is there. `unref`: it
   * does not, since it was unreferenced.
   */
  keepsAlive?: boolean;
  unref?: true;
  /** The process or thread that it stands for: a `ProcessSnapshot` of the same snapshot may have these numbers. */
  started?: { pid: number; threadId: number };
  /** It existed before the agent came; what it awaits may be unknown. */
  beforeAttach?: boolean;
  /** It was read from the program's heap: its age and its times are not known. */
  fromHeap?: true;
}

export interface Site {
  /** Path on disk, or a URL such as `node:internal/timers` where there is no file. */
  file: string;
  line: number;
  column: number;
  function?: string;
}

export interface Warning {
  id: string;
  kind: string;
  message: string;
  site?: Site;
  stack?: Site[];
  /** Id of the task it happened in. */
  task?: string;
  count: number;
}

export const TIMED_KINDS = [
  'blocking',
  'loop',
  'lateTimers',
  'slowOperation',
  'threadPool',
  'syncCall',
] as const;

export type TimedKind = (typeof TIMED_KINDS)[number];

/** A warning of something that took time. It is told when it begins and again, with the same id, when it ends. */
export interface TimedWarning extends Warning {
  kind: TimedKind;
  ongoing: boolean;
  /** Of the last time; of synchronous calls the longest of the last moments. */
  durationMs: number;
  maxMs: number;
  totalMs: number;
  /** Of a slow operation what it is, of a synchronous call the function. */
  what?: string;
}

/** One turn of the event loop was too long. */
export interface BlockingWarning extends TimedWarning {
  kind: 'blocking';
  /**
   * `javascript`, `synchronous call`, `native call`, `regular expression`, `microtasks`,
   * `garbage collection`, `module loading` or `unknown`.
   */
  cause: string;
  /** What was called that did not come back: `fs.readFileSync`, `JSON.parse`, `a regular expression`. */
  call?: string;
  /** How many stacks were seen inside the block. */
  samples: number;
  /** The task or request whose callback it was, where it has a name of its own. */
  forTask?: { id: string; name: string };
  suffered?: Suffered;
  /** The latest blocks at this site, newest first. */
  episodes?: BlockingEpisode[];
}

/** Who could have gone on while the loop was blocked, as far as is known. */
export interface Suffered {
  tasks: number;
  worstDelayMs: number;
}

/** One block: one turn of the event loop over the threshold. */
export interface BlockingEpisode {
  /** Number of the turn; unique in its session. */
  seq: number;
  /** On the debuggee's clock, which begins when the agent is loaded. */
  startedMs: number;
  /** Without the time that the debugger held the program. */
  durationMs: number;
  ongoing: boolean;
  cause: string;
  call?: string;
  samples: number;
  /** In which lines it was seen, most samples first. */
  lines: { site: Site; samples: number }[];
  site?: Site;
  /** A stack of the line that most samples share, top first. */
  stack: Site[];
  task?: string;
  forTask?: { id: string; name: string };
  suffered?: Suffered;
}

export const FINDING_KINDS = [
  'floatingPromise',
  'unhandledRejection',
  'deadlock',
  'keptAlive',
  'pendingAtExit',
  'slowTask',
  'leak',
  'openRequest',
  'unclosed',
  'overlap',
  'starvation',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that is true of the program and that its author would want to know. It is told again, with the same id, when it changes. */
export interface Finding extends Warning {
  kind: FindingKind;
  severity: 'error' | 'warning' | 'information';
  /** It is so now; of what happened once `false`. */
  ongoing: boolean;
  /** What can be done about it. */
  advice: string;
  /** What it was concluded from, in the order in which it tells most. */
  evidence: Evidence[];
  /** Ids of the tasks that it tells of. */
  tasks: string[];
}

/** A fact behind a finding: `thrown`, `awaited by checkout`. */
export interface Evidence {
  text: string;
  site?: Site;
  task?: string;
}

export function isBlocking(warning: Warning): warning is BlockingWarning {
  return warning.kind === 'blocking';
}

const TIMED: ReadonlySet<string> = new Set(TIMED_KINDS);

export function isTimed(warning: Warning): warning is TimedWarning {
  return TIMED.has(warning.kind);
}

const FINDINGS: ReadonlySet<string> = new Set(FINDING_KINDS);

export function isFinding(warning: Warning): warning is Finding {
  return FINDINGS.has(warning.kind);
}
