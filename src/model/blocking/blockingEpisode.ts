import type { Suffered } from '../../protocol/snapshot.js';
import type { WireBlock, WireCollections, WireFrame, WireTurn } from '../../protocol/wire.js';
import { BlockRecording } from './blockRecording.js';
import { codeLoading, isLoader, isRootedInLoader, isTestRun } from './codeLoading.js';
import { isDependency, isNodeInternal, isOwn, outermostUserFrame, userFrameIndex } from '../codeOrigin.js';
import { type LineSamples, StackSamples } from './stackSamples.js';
import { type LoadedFor, LoadSamples, OwnStretch, type SampledTime } from './startUpSamples.js';

/** Why a turn took so long. */
export type BlockingCause =
  | 'javascript'
  | 'synchronous call'
  | 'native call'
  | 'regular expression'
  | 'microtasks'
  | 'garbage collection'
  | 'module loading'
  | 'unknown';

/** What is known of the script that a line is in: its text, if it could be read. */
export interface CallFinder {
  /**
   * The line of the last call before a place, unless a loop goes round there, and the name of the only call.
   * `callsNothing`: there is none that could have kept the loop from answering.
   */
  find(line: LineSamples): { frame?: WireFrame; name?: string; callsNothing?: true } | undefined;
  /** What the loop whose rounds end at this line calls in each of them, if nothing else can take long. */
  repeated(line: LineSamples): { frame: WireFrame; name: string } | undefined;
  /**
   * What the callback calls that is given away at this place, if that is one native call alone. In microtasks it is
   * that of a promise, else that of a timer.
   */
  callback(made: WireFrame, inMicrotasks: boolean): { frame: WireFrame; name: string } | undefined;
  /** The await of the function that is entered at this place, if it has one only. */
  resumption(head: WireFrame): WireFrame | undefined;
}

/** One turn of the event loop that is, or was, over the threshold. Times are the debuggee's. */
export class BlockingEpisode {
  readonly seq: number;
  readonly startedMs: number;
  readonly type: string;
  private readonly all = new StackSamples();
  readonly recording = new BlockRecording();
  /** Of the task or resource that it ran for; 0: not known. */
  entry = 0;
  /** Where that task or resource was made: the next best place without samples. */
  origin: WireFrame | undefined;
  /** Where the task was suspended that ran in microtasks: the place of a chain of which no other was seen. */
  awaitAt: WireFrame | undefined;
  /** The request or named task that it belongs to. */
  forTask: { id: string; name: string } | undefined;
  suffered: Suffered | undefined;
  ongoing = true;
  /** Without the time in the debugger. Where code is started: of the longest stretch of the program's own. */
  durationMs = 0;
  /** All of the turn. */
  turnMs = 0;
  /** The program, or a module of it, is being started. */
  private startsUp: boolean;
  /** A test runner runs in it. */
  private isTestRun = false;
  /** It has done something else as well than to run the program's code. */
  private runsOther = false;
  /** Parts of itself that Node has loaded meanwhile. */
  private nodeParts = 0;
  private readonly loads = new LoadSamples();
  private readonly own = new OwnStretch();
  lastSeenMs: number;
  /** How long it ran on a processor, at most; `undefined` where nothing is known. */
  private cpuMs: number | undefined;
  /** Time in which native code ran, as far as seen, and that of it in which it ended without another answer. */
  private nativeMs = 0;
  private nativeEndMs = 0;
  /** The last look came when a callback had just ended that had not let it come before. */
  private ended: { madeAt: WireFrame | undefined; inMicrotasks: boolean; ms: number } | undefined;
  private collections: WireCollections | undefined;
  private callbackMs: number | undefined;
  private inMicrotasks = false;
  /** Time in each piece that could be told apart: a tick, a resumption, a function entered. */
  private readonly pieces = new Map<string, number>();
  private firstLook: Look | undefined;
  private lastLook: Look | undefined;

  /** `isServing`: the program is up, so that what it loads now holds up others. */
  constructor(
    turn: WireTurn | WireBlock,
    private readonly calls: CallFinder,
    private readonly isServing: () => boolean = () => false,
  ) {
    this.seq = turn.seq;
    this.startedMs = turn.startedMs;
    this.type = turn.type;
    this.lastSeenMs = turn.startedMs;
    this.startsUp = turn.type === 'script';
  }

  /** The stacks that tell what held the loop. */
  get samples(): StackSamples {
    return this.isDivided ? this.own.samples : this.all;
  }

  /** What is loaded is not held against the program. */
  get isStartUp(): boolean {
    return this.startsUp && !this.isTestRun;
  }

  /** Of the program's own code one stretch is told: before and after it other code runs, or modules are loaded. */
  get isDivided(): boolean {
    return this.isStartUp || (this.isTestRun && this.runsOther);
  }

  /** It is still going on. `nativeSinceMs`: since then it did not answer. `madeAt`: where what runs was made. */
  seen(turn: WireTurn, nowMs: number, nativeSinceMs: number | undefined, madeAt?: WireFrame): void {
    const sinceMs = this.lastSeenMs;
    const collectedMs = this.collectedSince(turn);
    const lateMs = this.unanswered(nativeSinceMs, nowMs, collectedMs);
    const ranMs = (turn.cpuMs ?? nowMs - turn.startedMs) - (this.cpuMs ?? 0) - collectedMs;
    this.lastSeenMs = nowMs;
    this.inMicrotasks = turn.microtasks;
    if (turn.cpuMs !== undefined) this.cpuMs = turn.cpuMs;
    const native = nativeSinceMs !== undefined && (collectedMs === 0 || lateMs > COLLECTED_MARGIN_MS);
    const loadsNode = this.hasLoadedNode(turn);
    if (!turn.stack) return;
    const isOver = native && ranMs > lateMs * NATIVE_SHARE && userFrameIndex(turn.stack) < 0;
    this.ended = isOver ? { madeAt, inMicrotasks: turn.microtasks, ms: lateMs } : undefined;
    const ms = Math.max(1, nowMs - sinceMs);
    const { waitedMs } = this.all;
    this.count(turn.stack, { loadsNode, ms, lateMs, ranMs: Math.max(0, ranMs + collectedMs) }, native);
    // an answer is also late while others have the processor
    const isBusy = native && (this.all.waitedMs > waitedMs || ranMs > ms * NATIVE_SHARE);
    this.addPiece(turn, turn.stack, isBusy ? ms : Math.min(ms, LOOK_MS));
    this.lastLook = { afterMs: nowMs - turn.startedMs, turn };
    this.firstLook ??= this.lastLook;
  }

  /** Node has loaded a part of itself since the last look. */
  private hasLoadedNode({ nodeParts = 0 }: WireTurn | WireBlock): boolean {
    const hasLoaded = nodeParts > this.nodeParts;
    this.nodeParts = Math.max(nodeParts, this.nodeParts);
    return hasLoaded;
  }

  /** What is loaded is counted apart from what the program's own code does. */
  private count(
    stack: readonly WireFrame[],
    time: SampledTime & { loadsNode: boolean },
    native: boolean,
  ): void {
    this.startsUp ||= this.all.total === 0 && isRootedInLoader(stack) && !this.isServing();
    this.isTestRun ||= isTestRun(stack);
    const { isStartUp } = this;
    const loading = codeLoading(stack, time.loadsNode, isStartUp);
    const isLoading = loading !== undefined && (isStartUp || this.isTestRun || loading.of === 'node');
    const isForeign = !stack.some(({ url }) => isOwn(url));
    this.runsOther ||= isLoading || isForeign;
    if (isLoading) this.loads.add(loading, time.ms);
    if (isLoading || (isForeign && this.isTestRun)) {
      this.own.interrupt();
      return;
    }
    this.all.add(stack, { ms: time.ms, native });
    this.own.add(stack, time, native);
  }

  /** `turnMs`: how long it has lasted, without the time in the debugger. */
  lasted(turnMs: number): void {
    this.turnMs = turnMs;
    this.durationMs = this.isDivided ? Math.min(turnMs, this.own.ms) : turnMs;
  }

  /** What is told of goes on. */
  get isHolding(): boolean {
    return !this.isDivided || this.own.isOngoing;
  }

  /** It has been told. */
  settle(): void {
    this.own.settle();
  }

  /** What the program can be told of, without what Node loaded of itself. */
  get countedMs(): number {
    if (this.isDivided || this.nodeParts > 0) return Math.min(this.turnMs, this.own.ranMs);
    return this.turnMs - this.loads.nodeMs;
  }

  /** What loading took, and for what. */
  get loaded(): { ms: number; places: readonly LoadedFor[] } {
    const places = this.loads.places();
    if (this.isTestRun) return { ms: Math.min(this.turnMs, this.loads.totalMs), places };
    const nodeMs = this.nodeParts > 0 ? this.turnMs - Math.min(this.turnMs, this.own.ms) : this.loads.nodeMs;
    return { ms: this.isStartUp ? this.turnMs : nodeMs, places };
  }

  closed(block: WireBlock, nativeSinceMs: number | undefined): void {
    const endedMs = block.startedMs + block.durationMs;
    if (this.hasLoadedNode(block)) this.own.interrupt();
    else this.own.end(endedMs - this.lastSeenMs, block.cpuMs - (this.cpuMs ?? 0));
    this.nativeEndMs = this.unanswered(nativeSinceMs, endedMs, this.collectedSince(block));
    this.lastSeenMs = endedMs;
    this.callbackMs = block.callbackMs;
    this.cpuMs = block.cpuMs;
  }

  /**
   * The thread did not run for most of it, and called nothing that waits: the process was stopped, the machine
   * slept, or others had the processor. `thresholdMs`: what ran for less than that is no block; meters are not exact,
   * but where a good part of it is missing, the machine may have made it as long as it was.
   */
  isStall(thresholdMs: number): boolean {
    if (this.cpuMs === undefined) return false;
    const ranMs = this.cpuMs + this.all.waitedMs;
    return ranMs < thresholdMs * STALL_SHARE || (ranMs < thresholdMs && ranMs < this.turnMs * STALL_SHARE);
  }

  /** What the site is told by: the hottest line, else where its task or resource was made. */
  get place(): WireFrame | undefined {
    const { hot, probable } = this;
    if (probable) return probable.frame;
    if ((!hot || isEntry(hot) || isNodeInternal(hot.frame.url)) && this.isChain()) {
      const resumed = this.awaitAt ?? this.onlyAwait(hot?.frame) ?? this.onlyAwait(this.origin);
      if (resumed) return resumed;
    }
    if (!hot || isLoader(hot.frame)) return this.origin ?? hot?.frame;
    if (!isOwn(hot.frame.url) || this.endedUnseen) return this.origin ?? hot.frame;
    return this.repeated?.frame ?? this.found?.frame ?? hot.frame;
  }

  /** V8 stops a function that goes on after an await where the function begins, which is also where its task is made. */
  private onlyAwait(head: WireFrame | undefined): WireFrame | undefined {
    return head && this.calls.resumption(head);
  }

  /** Top first; the place in it is the one that is shown. */
  get stack(): readonly WireFrame[] {
    const { hot, place } = this;
    if (!hot || !place || place === this.origin) return hot?.stack ?? [];
    const { frame, stack } = hot;
    return stack.map((one) => (one === frame ? place : one));
  }

  get cause(): BlockingCause {
    const { causeByStacks: cause } = this;
    const isNamed = cause === 'module loading' || cause === 'microtasks' || this.call !== undefined;
    return this.collectsGarbage && !isNamed ? 'garbage collection' : cause;
  }

  private get causeByStacks(): BlockingCause {
    const { hot } = this;
    if (this.loadsModules) return 'module loading';
    if (this.isChain()) return 'microtasks';
    if (this.probable) return 'synchronous call';
    if (!hot || isNodeInternal(hot.frame.url)) return this.isNative ? 'native call' : 'unknown';
    if (this.endedUnseen) return 'native call';
    if (hot.call) return hot.call.kind;
    if (this.repeated) return 'synchronous call';
    const { found } = this;
    if (found?.callsNothing) return 'javascript';
    // seen several times where a loop's round ends, it answered, though late
    const goesRound = found !== undefined && found.frame === undefined;
    if (!this.isNative) return hot.where === 'at' || goesRound ? 'javascript' : 'unknown';
    if (found?.name !== undefined) return 'synchronous call';
    // questions are late on a busy machine, too: what answers several, on a line without such a call, is JavaScript
    return hot.where === 'at' && found !== undefined && hot.count > 1 ? 'javascript' : 'native call';
  }

  /** `fs.readFileSync`, `JSON.parse`, `a regular expression`. */
  get call(): string | undefined {
    const { hot, found, probable } = this;
    if (probable) return probable.name;
    if (this.endedUnseen) return undefined;
    if (hot?.call) return hot.call.name === 'zlib' ? (found?.name ?? 'zlib') : hot.call.name;
    return this.repeated?.name ?? (this.isNative ? found?.name : undefined);
  }

  /** No stack tells the call, but what the program's text leaves. */
  get isProbable(): boolean {
    return this.probable !== undefined;
  }

  /**
   * Episodes that share one are one warning: the same line, or the same function unless it calls something
   * synchronous on a line of its own.
   */
  get keys(): string[] {
    const start = this.isStartUp ? 'start-up ' : '';
    return this.placeKeys().map((key) => start + key);
  }

  private placeKeys(): string[] {
    const { hot, place } = this;
    if (hot && place && place !== this.origin) {
      const { url, line, function: name } = place;
      const calls = this.call !== undefined && this.cause !== 'regular expression';
      return name === '' || calls ? [`${url}:${line}`] : [`${url}#${name}`, `${url}:${line}`];
    }
    if (this.origin) return [`for ${this.origin.url}:${this.origin.line}:${this.origin.column}`];
    return [`for ${this.type}`];
  }

  private get hot(): LineSamples | undefined {
    const { samples } = this;
    // between its links Node itself is seen, which tells nothing
    const links = this.isChain() ? samples.lines().filter(({ frame }) => !isNodeInternal(frame.url)) : [];
    return links.find((link) => !isEntry(link)) ?? links[0] ?? samples.hot;
  }

  /** Code of packages, or Node's own, that runs because something was required or imported. */
  private get loadsModules(): boolean {
    const { hot } = this;
    if (!hot) return false;
    const isForeign = isDependency(hot.frame.url) || isNodeInternal(hot.frame.url);
    const called = isForeign ? hot.stack : hot.stack.slice(0, Math.max(0, hot.stack.indexOf(hot.frame)));
    return called.some(isLoader);
  }

  /** Most of the time in which collections were timed was theirs, and that was enough of it. */
  private get collectsGarbage(): boolean {
    if (!this.collections) return false;
    const { ms, ofMs } = this.collections;
    return ms > ofMs * COLLECTING_SHARE && ofMs > (this.lastSeenMs - this.startedMs) * TIMED_SHARE;
  }

  private get isNative(): boolean {
    return this.nativeMs > (this.lastSeenMs - this.startedMs) * NATIVE_SHARE;
  }

  /** Most of it came after the last answer, and in native code: no stack tells of that, nor does a line. */
  private get endedUnseen(): boolean {
    const isMost = this.nativeEndMs > (this.lastSeenMs - this.startedMs) * NATIVE_SHARE;
    return isMost && this.hot?.call === undefined && this.found?.name === undefined;
  }

  /** Most of it came while a callback did not answer until it was over: what in it can have taken so long. */
  private get probable(): ReturnType<CallFinder['callback']> {
    const { ended, lastSeenMs, startedMs } = this;
    if (!ended?.madeAt || ended.ms <= (lastSeenMs - startedMs) * NATIVE_SHARE) return undefined;
    return this.calls.callback(ended.madeAt, ended.inMicrotasks);
  }

  private get found(): ReturnType<CallFinder['find']> {
    const { hot } = this;
    const isOpen = hot?.where !== 'at' || hot.call?.name === 'zlib' || this.isNative;
    return hot && isOpen ? this.calls.find(hot) : undefined;
  }

  /**
   * Many short calls: the loop answers between them. What runs between two answers has neither a loop nor a function
   * of its own, so that only the call can take long.
   */
  private get repeated(): ReturnType<CallFinder['repeated']> {
    const { hot } = this;
    const isAlone = hot !== undefined && hot.call === undefined && hot.aloneMs > hot.ms * ALONE_SHARE;
    return isAlone ? this.calls.repeated(hot) : undefined;
  }

  /** Returns how long native code kept the question waiting, at most. */
  private unanswered(sinceMs: number | undefined, untilMs: number, collectedMs: number): number {
    if (sinceMs === undefined) return 0;
    const lateMs = Math.max(0, untilMs - Math.max(sinceMs, this.lastSeenMs) - collectedMs);
    this.nativeMs += lateMs;
    return lateMs;
  }

  /** Milliseconds in garbage collections since the last look, as far as they were timed. */
  private collectedSince({ collections }: WireTurn | WireBlock): number {
    if (!collections) return 0;
    const beforeMs = this.collections?.ms ?? 0;
    this.collections = collections;
    return collections.ms - beforeMs;
  }

  private addPiece({ entry, runs, ticks }: WireTurn, stack: readonly WireFrame[], ms: number): void {
    const outermost = outermostUserFrame(stack);
    const piece = `${entry}/${runs}/${ticks}/${outermost?.url}#${outermost?.function}`;
    const before = this.pieces.get(piece);
    if (before !== undefined || this.pieces.size < MAX_PIECES) this.pieces.set(piece, (before ?? 0) + ms);
  }

  /** Many short pieces one after the other, and not one long one. */
  private isChain(): boolean {
    if (this.isTestRun && this.runsOther) return false;
    const wholeMs = this.lastSeenMs - this.startedMs;
    const callbackShort = this.callbackMs === undefined ? this.inMicrotasks : this.callbackMs < wholeMs / 2;
    if (!callbackShort) return false;
    const times = [...this.pieces.values()];
    const isEven = Math.max(0, ...times) <= times.reduce((sum, ms) => sum + ms, 0) * PIECE_SHARE;
    // of two, one may be no more than what came after a long one
    const areMany = times.length > 2 || (times.length > 1 && this.links > 2);
    return areMany && isEven && this.unevenMs() <= wholeMs * PIECE_SHARE;
  }

  /** The first and the last, if the same task ran at both. */
  private get looks(): [Look, Look] | undefined {
    const { firstLook, lastLook } = this;
    if (!firstLook || !lastLook || firstLook.turn.entry !== lastLook.turn.entry) return undefined;
    return [firstLook, lastLook];
  }

  /** How many ticks, or resumptions of one task, were seen to begin. */
  private get links(): number {
    if (!this.looks) return 0;
    const [first, last] = this.looks;
    return Math.max(last.turn.ticks - first.turn.ticks, last.turn.runs - first.turn.runs);
  }

  /** Of the time before the first look: how long one piece may have taken, if the others were as fast as later on. */
  private unevenMs(): number {
    if (!this.looks) return 0;
    const [first, last] = this.looks;
    const [before, after] =
      last.turn.ticks > first.turn.ticks
        ? [first.turn.ticks, last.turn.ticks]
        : [first.turn.runs, last.turn.runs];
    if (after <= before) return 0;
    const usualMs = (last.afterMs - first.afterMs) / (after - before);
    return first.afterMs - before * usualMs;
  }
}

function isEntry({ frame, stack }: LineSamples): boolean {
  return stack[0] === frame && frame.entered === true;
}

interface Look {
  /** Since the turn began. */
  afterMs: number;
  turn: WireTurn;
}

/** What one look tells of the time before it, unless native code kept it waiting. */
const LOOK_MS = 10;
/** With one piece above this share, it is no chain. */
const PIECE_SHARE = 0.6;
const MAX_PIECES = 200;
/** Unanswered for more than this share, it was native code. */
const NATIVE_SHARE = 0.5;
/** Of the time of a line: from this share on it is the line itself, and not what it calls. */
const ALONE_SHARE = 0.5;
/** Of the time in which collections were timed: above this share they are what took long. */
const COLLECTING_SHARE = 0.5;
/** They must have been timed for this share of the block, to stand for all of it. */
const TIMED_SHARE = 0.25;
/** Without collections an answer must still be so late that it was not them that kept it. */
const COLLECTED_MARGIN_MS = 15;
/** Meters are not exact. */
const STALL_SHARE = 0.8;
