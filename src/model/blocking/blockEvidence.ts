import type { WireBlock, WireCollections, WireFrame, WireTurn } from '../../protocol/wire.js';
import { BlockPieces } from './blockPieces.js';
import { BlockRecording } from './blockRecording.js';
import { codeLoading, isRootedInLoader, isTestRun } from './codeLoading.js';
import { isOwn, userFrameIndex } from '../codeOrigin.js';
import { StackSamples } from './stackSamples.js';
import { type LoadedFor, LoadSamples, OwnStretch, type SampledTime } from './startUpSamples.js';

/**
 * What was seen of one turn of the event loop that is, or was, over the threshold. It is only added to; what follows
 * from it is told by `blockDiagnosis.ts`. Times are the debuggee's.
 */
export class BlockEvidence {
  /** Counts up with everything that is added. */
  version = 0;
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
  private readonly pieces = new BlockPieces();

  /** `isServing`: the program is up, so that what it loads now holds up others. */
  constructor(
    turn: WireTurn | WireBlock,
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

  /** The task or resource that it runs for, where that was made, and the request or named task that it belongs to. */
  ranFor(entry: number, madeAt: WireFrame | undefined, forTask: BlockEvidence['forTask']): void {
    this.version++;
    this.entry = entry;
    this.origin = madeAt ?? this.origin;
    this.forTask = forTask ?? this.forTask;
  }

  /** The place where the task was suspended that runs in microtasks now, as far as it is known. */
  resumedAt(place: WireFrame | undefined): void {
    this.version++;
    this.awaitAt = place ?? this.awaitAt;
  }

  /** It is still going on. `nativeSinceMs`: since then it did not answer. `madeAt`: where what runs was made. */
  seen(turn: WireTurn, nowMs: number, nativeSinceMs: number | undefined, madeAt?: WireFrame): void {
    this.version++;
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
    this.pieces.add(turn, turn.stack, {
      ms: isBusy ? ms : Math.min(ms, LOOK_MS),
      afterMs: nowMs - turn.startedMs,
    });
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

  /** `madeAt`: where the agent says that what ran was made. */
  closed(block: WireBlock, nativeSinceMs: number | undefined, madeAt?: WireFrame): void {
    this.version++;
    const endedMs = block.startedMs + block.durationMs;
    if (this.hasLoadedNode(block)) this.own.interrupt();
    else this.own.end(endedMs - this.lastSeenMs, block.cpuMs - (this.cpuMs ?? 0));
    this.nativeEndMs = this.unanswered(nativeSinceMs, endedMs, this.collectedSince(block));
    this.lastSeenMs = endedMs;
    this.callbackMs = block.callbackMs;
    this.origin ??= madeAt;
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

  /** Many short pieces one after the other, and not one long one. */
  get isChain(): boolean {
    if (this.isTestRun && this.runsOther) return false;
    const { wholeMs } = this;
    const callbackShort = this.callbackMs === undefined ? this.inMicrotasks : this.callbackMs < wholeMs / 2;
    return callbackShort && this.pieces.areEven(wholeMs);
  }

  /** Most of the time in which collections were timed was theirs, and that was enough of it. */
  get collectsGarbage(): boolean {
    if (!this.collections) return false;
    const { ms, ofMs } = this.collections;
    return ms > ofMs * COLLECTING_SHARE && ofMs > this.wholeMs * TIMED_SHARE;
  }

  /** Most of it was native code. */
  get isNative(): boolean {
    return this.nativeMs > this.wholeMs * NATIVE_SHARE;
  }

  /** Most of it came after the last answer, and in native code. */
  get endsInNative(): boolean {
    return this.nativeEndMs > this.wholeMs * NATIVE_SHARE;
  }

  /** Where the callback was made that did not answer until it was over, if most of it came in that. */
  get silentCallback(): { madeAt: WireFrame; inMicrotasks: boolean } | undefined {
    const { ended } = this;
    if (!ended?.madeAt || ended.ms <= this.wholeMs * NATIVE_SHARE) return undefined;
    return { madeAt: ended.madeAt, inMicrotasks: ended.inMicrotasks };
  }

  private get wholeMs(): number {
    return this.lastSeenMs - this.startedMs;
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
}

/** What one look tells of the time before it, unless native code kept it waiting. */
const LOOK_MS = 10;
/** Unanswered for more than this share, it was native code. */
const NATIVE_SHARE = 0.5;
/** Of the time in which collections were timed: above this share they are what took long. */
const COLLECTING_SHARE = 0.5;
/** They must have been timed for this share of the block, to stand for all of it. */
const TIMED_SHARE = 0.25;
/** Without collections an answer must still be so late that it was not them that kept it. */
const COLLECTED_MARGIN_MS = 15;
/** Meters are not exact. */
const STALL_SHARE = 0.8;
