/**
 * What the agent in the debuggee and the session in the host say to each other.
 * The host calls `AgentApi` through `Runtime.evaluate`; every answer is one JSON text. At exit, and when it
 * is loaded while a host listens, the agent calls the binding with the same messages.
 * Times are whole or fractional milliseconds since the agent was loaded, on the debuggee's clock.
 */
import type { SentRecording } from './recording.js';

export const PROTOCOL_VERSION = 3;

/** `globalThis[Symbol.for(AGENT_KEY)]` is the agent. */
export const AGENT_KEY = 'nodejs.asyncDebugger.agent';

/** `globalThis[Symbol.for(PROGRAM_KEY)]` is what the program itself may use to name its tasks. */
export const PROGRAM_KEY = 'nodejs.asyncDebugger';

/** Name of the CDP binding through which the agent speaks unasked. */
export const BINDING = '__nodeAsyncDebugger';

/** What `connect` and `poll` throw while the last message is being made: it tells all that they would have told. */
export const ENDING = 'The thread is telling its end.';

/** Set to anything but empty or `0`, it keeps the agent from starting. */
export const OFF_VARIABLE = 'NODE_ASYNC_DEBUGGER_OFF';

/** Set in the same way, it begins with `AgentSettings.syncCalls`, until a host says what it wants. */
export const SYNC_CALLS_VARIABLE = 'NODE_ASYNC_DEBUGGER_SYNC_CALLS';

export interface AgentApi {
  readonly protocol: number;
  /** Version of the package that the agent came with. */
  readonly version: string;
  /** Some host has connected. */
  readonly hasHost: boolean;
  /**
   * Id and promise, in turns, of the tasks that ended since the last poll but one. Read it by value previews:
   * nothing of the program may run for it.
   */
  settled(): (number | object)[];
  /** Starts a conversation from the beginning: everything alive is sent again in the polls that follow. */
  connect(settings: AgentSettings): string /* JSON of Hello */;
  /** What changed since the last poll and, if a turn has lasted longer than the threshold, its stack. */
  poll(): string /* JSON of Poll */;
  configure(settings: AgentSettings): void;
  /** Id of the entry that stands on the call stack, the innermost one. 0: none does, or it is not known which. */
  current(): number;
  /** What the flight recorder holds from a row on, in parts: 0 is all of the last seconds. */
  recording(from: number): string /* JSON of SentRecording */;
  /** Source map of a script as the program itself knows it (`module.findSourceMap`), else `null`. */
  sourceMap(url: string): string /* JSON of a source map, or null */;
  /** Ends the timer, connection or the like of an entry, as a person has asked; false: it is over, or none of these. */
  endResource(id: number): boolean;
  /** Takes every hook away; the agent stays loaded and answers with empty polls. */
  stop(): void;
  /** What is told when the thread ends; asked for where it could not be said unasked. */
  finalUpdate(): string /* JSON of FinalUpdate */;
}

/** `safe`: those that can be recorded without any change to what the program does. */
export type LibraryOperations = 'safe' | 'all' | 'off';

export interface AgentSettings {
  /** A callback or turn longer than this is reported. 0: blocking detection is off. */
  thresholdMs: number;
  /** Share of one second that may go into capturing sites, 0 to 1. 0: sites are not captured. */
  siteBudget: number;
  /** Calls of Node's synchronous functions by a server that is up are counted. Absent: they are not. */
  syncCalls?: boolean;
  /** Which operations of libraries are recorded. Absent: those that can be without changing the program. */
  libraries?: LibraryOperations;
  /** The flight recorder keeps so much. Absent or 0: it is off. */
  recordingSeconds?: number;
  /** A debugger has enabled the Runtime domain: V8 captures 200 frames for each stack. Absent: none has. */
  hasDebugger?: boolean;
}

export interface Hello {
  kind: 'hello';
  protocol: number;
  version: string;
  pid: number;
  threadId: number;
  /** `process.version`. */
  node: string;
  /** The agent was injected into a running program: what is older is not known. */
  late: boolean;
  /** The agent's clock at this moment. */
  nowMs: number;
  /** Threads of libuv's pool. */
  poolSize: number;
  /** Of a late agent: timers that kept the program running when it came; absent: none. They are no entries. */
  olderTimers?: number;
  /** Name of the file that the program was started with; absent: it has none. */
  program?: string;
}

export interface Poll {
  kind: 'poll';
  /** Counts up by one with each poll of a conversation, from 1. */
  seq: number;
  nowMs: number;
  /** New entries of the two tables; their indexes count on from what was sent before, from 0. */
  scripts: string[];
  /** Site 0 is a placeholder: an index of 0 means that no site is known. */
  sites: WireSite[];
  /** New entries and entries that changed: whole values, by id. */
  entries: WireEntry[];
  /** Ids of entries that settled or were destroyed, and of resources that were collected. */
  ended: number[];
  /** Ids of promises that were collected while they were pending: nothing will settle them. Absent: none. */
  collected?: number[];
  /** The turn that is running now, if the loop is not idle. */
  turn?: WireTurn;
  /** How many tasks `settled()` would give. */
  settled: number;
  /** Turns over the threshold that ended since the last poll. */
  blocks: WireBlock[];
  /** Calls of synchronous functions since the last poll; absent: none, or nobody counts them. */
  syncCalls?: WireSyncCalls[];
  /** Rejections since the last poll that Node found nobody to handle; absent: none. */
  rejections?: WireRejection[];
  /** Ids of the entries of those that were handled after that; absent: none. */
  handled?: number[];
  /** There is more than fits in one poll: ask again at once. */
  more: boolean;
  /** `promises`: of those not recorded, at least so many have not settled. Absent: none that is known of. */
  dropped: { records: number; sites: number; promises?: number };
  /** Event loop since the last poll: time spent waiting, the longest turn, and rounds that took too long. */
  loop: { idleMs: number; turnMaxMs: number; turns: number; iterations?: WireIteration[]; made?: WireMade };
}

export type AgentMessage = Hello | SentPoll | FinalUpdate;

/** How many the program has made since the last poll, recorded or not. */
export interface WireMade {
  /** Promises that wait for another one: those of each await and each `then`. */
  promises: number;
  /** Async resources that are not promises, ticks among them. */
  resources: number;
}

/** The last message of a thread, sent through the binding after its own `exit` listeners. */
export interface FinalUpdate {
  kind: 'finalUpdate';
  /** Where no host had begun a conversation: it begins with this. */
  hello?: Hello;
  /** What there was to tell since the last poll; the last of them may have `more`. */
  polls: SentPoll[];
  /** Absent: not known. */
  code?: number;
  /** What a host that follows the recording has not got yet; absent: none does. */
  recording?: SentRecording[];
  /** What told of the end, top first; absent: not known. */
  stack?: WireFrame[];
}

/** One place in a script, as V8 counts: line and column from 1, in the generated source. */
export interface WireSite {
  script: number;
  line: number;
  column: number;
  function: string;
}

export type WireKind =
  | 'function' /* async function in progress */
  | 'generator' /* request to an async generator */
  | 'module' /* module with top-level await */
  | 'new' /* new Promise, Promise.withResolvers */
  | 'then' /* then, catch, finally */
  | 'combinator' /* Promise.all, race, any, allSettled */
  | 'promise' /* any other promise: native, or not told apart */
  | 'resource'; /* async resource that is not a promise */

export interface WireEntry {
  id: number;
  kind: WireKind;
  /** `then`, `catch`, `Promise.all`, `Timeout`, `TCPCONNECTWRAP` …; of a function its name. */
  type: string;
  bornMs: number;
  /** Index of the function's own position (functions), of the call (all others). Absent: not recorded. */
  site?: number;
  /**
   * Index of the place that called the function; of an operation, in the function of Node that was called; of a
   * promise made in a package, in the function of the package that was called.
   */
  call?: number;
  /** Of an operation: index of the place in a package that began it. Where `site` is the program's own it called that. */
  through?: number;
  /** Index of the await that suspended the task. */
  await?: number;
  /** running: on the stack now. awaiting: suspended at an await. ready: what it awaits has settled. */
  state: 'running' | 'awaiting' | 'ready' | 'pending';
  /** Ids of what it waits for; 0 stands for a promise that is not known. */
  waits: number[];
  /** How many further inputs a combinator waits for that `waits` does not name; absent: none. */
  waitsMore?: number;
  /** Id of the entry that was executing when this one was made; 0: none. */
  by: number;
  /** How many inputs a combinator has; absent where some were not recorded. */
  inputs?: number;
  runs: number;
  /** Milliseconds that it ran, and that it was ready and did not run; absent where nothing was timed. */
  busyMs?: number;
  readyMs?: number;
  /** Name given by the program. */
  name?: string;
  detail?: WireDetail;
}

/** What most entries have in common; there may be a million of them, so that it is not sent. */
export const USUAL = {
  type: '',
  state: 'pending',
  waits: [] as number[],
  by: 0,
  runs: 0,
} as const satisfies Partial<WireEntry>;

type Usual = keyof typeof USUAL;

/** An entry without what is usual. */
export type SentEntry = Omit<WireEntry, Usual> & Partial<Pick<WireEntry, Usual>>;

/** Entries as the agent sends them. */
export interface SentEntries {
  /** The numbers of all of them, in the form of `entryRow.ts`. */
  rows: string;
  /** What is not a number, of those entries that have such. */
  words: SentWords[];
}

/** JSON leaves out what is `undefined`. */
export type SentWords = { [word in 'type' | 'name' | 'detail']?: WireEntry[word] | undefined };

/** A poll as the agent sends it. */
export type SentPoll = Omit<Poll, 'entries'> & { entries: SentEntries };

/** What is known of an operation; read from the resource when it is sent, never in a hook. */
export interface WireDetail {
  /** Timer: total, and when it was last armed. */
  timerMs?: number;
  armedMs?: number;
  repeat?: boolean;
  host?: string;
  port?: number;
  method?: string;
  path?: string;
  /** Of a request: what it waits for. */
  phase?: 'connection' | 'headers' | 'body';
  file?: string;
  /** Of an operation of a library: what it asks of its server, without values. */
  statement?: string;
  /** Of what the program has named: how many hold it, and how many can. */
  used?: number;
  size?: number;
  /** Of a child process: the program and its arguments. */
  command?: string;
  pid?: number;
  threadId?: number;
  /** It does not keep the program running: it was unreferenced, or nothing is expected of it now. */
  loose?: 'unref' | 'idle';
}

/** A turn: one callback at the bottom of the stack and the ticks and microtasks that it set off. */
export interface WireTurn {
  seq: number;
  startedMs: number;
  /** Type of the async resource whose callback began the turn; `script` for the main script. */
  type: string;
  /** Id of the task or resource that is executing; 0: not known. */
  entry: number;
  /**
   * How often the entry has run or been resumed. Where it is not known what runs: at how many looks, in microtasks,
   * it was seen that another one had begun.
   */
  runs: number;
  /** True while microtasks or ticks run after the callback itself has ended. */
  microtasks: boolean;
  /** How many ticks (`process.nextTick`) have begun in it. */
  ticks: number;
  /** Top first; present from half the threshold on. Scripts and sites are not interned here. */
  stack?: WireFrame[];
  /** With `stack`: how long the process has run on processors since; up to 10 ms too many, never too few. */
  cpuMs?: number;
  /** With `stack`, from the second one on. */
  collections?: WireCollections;
  /** With `stack`: how many parts of itself Node has loaded in this turn; absent: none. */
  nodeParts?: number;
}

/** Milliseconds in garbage collections, of those of a turn in which they were timed. */
export interface WireCollections {
  ms: number;
  ofMs: number;
}

export interface WireFrame {
  url: string;
  line: number;
  column: number;
  function: string;
  /** The function has only just been called: what took long came before, in its caller. */
  entered?: boolean;
}

export interface WireBlock {
  seq: number;
  startedMs: number;
  /** Of the whole turn. */
  durationMs: number;
  /** Of the callback alone. */
  callbackMs: number;
  /** How long the process ran on processors; as in `WireTurn`. */
  cpuMs: number;
  type: string;
  entry: number;
  /** Index of the place where that was made: it may have ended before the host has heard of it. */
  site?: number;
  /** Where a stack was taken. */
  collections?: WireCollections;
  /** As in `WireTurn`. */
  nodeParts?: number;
}

/** Calls of one of Node's synchronous functions at one place. */
export interface WireSyncCalls {
  /** `fs.readFileSync`. */
  call: string;
  /** Index of the site that called it; 0: not recorded. */
  site: number;
  count: number;
  totalUs: number;
  worstUs: number;
}

/** A promise that was rejected, as Node told the program that nobody handles it. */
export interface WireRejection {
  /** Id of the entry of the promise, which may never have been sent; 0: it was not recorded. */
  entry: number;
  kind: WireKind;
  type: string;
  /** As of an entry: `site`, `call`, `by`; 0: not known. */
  site: number;
  call: number;
  by: number;
  /** The error with its stack, or another value in words. */
  text: string;
}

/** One round of the event loop with many callbacks, between two looks for new events. */
export interface WireIteration {
  seq: number;
  startedMs: number;
  /** Without turns that are reported as blocks. */
  durationMs: number;
  /** How long the process ran on processors in that time. */
  cpuMs: number;
  ongoing: boolean;
  callbacks: number;
  /** Callbacks that were told apart; those of the first moments are not. */
  counted: number;
  /** The most frequent of them: async resource type and index of the site that made it. */
  groups: { type: string; site: number; count: number }[];
  /** Timers that fired later than the threshold; the site is that of the worst. */
  late?: { count: number; worstMs: number; site: number };
}
