import type { Suffered } from '../../protocol/snapshot.js';
import type { WireBlock, WireFrame, WireProfile, WireTurn } from '../../protocol/wire.js';
import { BlockRecording } from './blockRecording.js';
import { isDependency, isNodeInternal, outermostUserFrame } from '../codeOrigin.js';
import { type LineSamples, StackSamples } from './stackSamples.js';

/** Why a turn took so long. */
export type BlockingCause =
  | 'javascript'
  | 'synchronous call'
  | 'native call'
  | 'regular expression'
  | 'garbage collection'
  | 'microtasks'
  | 'module loading'
  | 'unknown';

/** What is known of the script that a line is in: its text, if it could be read. */
export interface CallFinder {
  /** The line of the only call, or of the last one before a place, and the name of what is called. */
  find(line: LineSamples): { frame?: WireFrame; name?: string } | undefined;
}

/** One turn of the event loop that is, or was, over the threshold. Times are the debuggee's. */
export class BlockingEpisode {
  readonly seq: number;
  readonly startedMs: number;
  readonly type: string;
  readonly samples = new StackSamples();
  readonly recording = new BlockRecording();
  /** Of the task or resource that it ran for; 0: not known. */
  entry = 0;
  /** Where that task or resource was made: the next best place without samples. */
  origin: WireFrame | undefined;
  /** The request or named task that it belongs to. */
  forTask: { id: string; name: string } | undefined;
  suffered: Suffered | undefined;
  ongoing = true;
  /** Without the time in the debugger. */
  durationMs = 0;
  lastSeenMs: number;
  /** How long it ran on a processor, at most; `undefined` where nothing is known. */
  private cpuMs: number | undefined;
  private profile: WireProfile | undefined;
  /** The samples tell of most of it. */
  private isSeen = false;
  /** Time in which native code ran, as far as seen. */
  private nativeMs = 0;
  private callbackMs: number | undefined;
  private inMicrotasks = false;
  /** Time in each piece that could be told apart: a tick, a resumption, a function entered. */
  private readonly pieces = new Map<string, number>();

  constructor(
    turn: WireTurn | WireBlock,
    private readonly calls: CallFinder,
  ) {
    this.seq = turn.seq;
    this.startedMs = turn.startedMs;
    this.type = turn.type;
    this.lastSeenMs = turn.startedMs;
  }

  /** It is still going on. `nativeSinceMs`: since then it did not answer. */
  seen(turn: WireTurn, nowMs: number, nativeSinceMs: number | undefined): void {
    const sinceMs = this.lastSeenMs;
    this.unanswered(nativeSinceMs, nowMs);
    this.lastSeenMs = nowMs;
    this.inMicrotasks = turn.microtasks;
    if (turn.cpuMs !== undefined) this.cpuMs = turn.cpuMs;
    const native = nativeSinceMs !== undefined;
    if (!turn.stack) return;
    const ms = Math.max(1, nowMs - sinceMs);
    this.samples.add(turn.stack, { ms, native });
    this.addPiece(turn, turn.stack, native ? ms : Math.min(ms, LOOK_MS));
  }

  closed(block: WireBlock, nativeSinceMs: number | undefined): void {
    const endedMs = block.startedMs + block.durationMs;
    this.unanswered(nativeSinceMs, endedMs);
    this.lastSeenMs = endedMs;
    this.callbackMs = block.callbackMs;
    this.cpuMs = block.cpuMs;
    this.isSeen = block.seen;
  }

  profiled(profile: WireProfile): void {
    this.profile = profile;
    if (!this.isSeen) this.samples.addProfile(profile);
    this.recording.profiled(profile);
  }

  /**
   * The thread did not run for most of it, and called nothing that waits: the process was stopped, the machine
   * slept, or others had the processor. `thresholdMs`: what ran for less than that is no block.
   */
  isStall(thresholdMs: number): boolean {
    if (this.cpuMs === undefined) return false;
    // A native call that waits is sampled as long as it does, and a process that is stopped is not.
    const didNothing = this.cpuMs <= IDLE_MS + this.durationMs * IDLE_SHARE;
    const { sampledMs = 0, gcMs = 0 } = this.profile ?? {};
    // the collector has threads of its own, for which it waits
    const waitedMs = Math.max(this.samples.waitedMs, gcMs, didNothing ? sampledMs : 0);
    return this.cpuMs + waitedMs < thresholdMs * STALL_SHARE;
  }

  /** What the site is told by: the hottest line, else where its task or resource was made. */
  get place(): WireFrame | undefined {
    const { hot } = this;
    if (!hot || LOADER.test(hot.frame.url)) return this.origin;
    if (isNodeInternal(hot.frame.url)) return this.origin ?? hot.frame;
    return this.found?.frame ?? (hot.where === 'within' ? (hot.until ?? hot.frame) : hot.frame);
  }

  /** Top first; the place in it is the one that is shown. */
  get stack(): readonly WireFrame[] {
    const { hot, place } = this;
    if (!hot || !place || place === this.origin) return hot?.stack ?? [];
    const { frame, until, stack } = hot;
    return stack.map((one) => (one === frame || one === until ? place : one));
  }

  get cause(): BlockingCause {
    const { hot } = this;
    if (this.type === 'script') return 'module loading';
    if (this.collectsGarbage) return 'garbage collection';
    if (this.loadsModules) return 'module loading';
    if (this.isChain()) return 'microtasks';
    if (!hot || isNodeInternal(hot.frame.url)) return this.isNative ? 'native call' : 'unknown';
    if (hot.call) return hot.call.kind;
    if (!this.isNative) return 'javascript';
    const { found } = this;
    if (found?.name !== undefined) return 'synchronous call';
    // questions are late on a busy machine, too: what answers several, on a line without such a call, is JavaScript
    return hot.where === 'at' && found !== undefined && this.samples.total > 1 ? 'javascript' : 'native call';
  }

  /** `fs.readFileSync`, `JSON.parse`, `a regular expression`. */
  get call(): string | undefined {
    const { hot, found } = this;
    if (hot?.call) return hot.call.name === 'zlib' ? (found?.name ?? 'zlib') : hot.call.name;
    return this.isNative ? found?.name : undefined;
  }

  /** Episodes with the same key are one warning: one function, or one line that calls something synchronous. */
  get key(): string {
    return `${this.type === 'script' ? 'start-up ' : ''}${this.placeKey()}`;
  }

  private placeKey(): string {
    const { hot, place } = this;
    if (hot && place && place !== this.origin) {
      const { url, line, function: name } = place;
      return name === '' || this.call !== undefined ? `${url}:${line}` : `${url}#${name}`;
    }
    if (this.origin) return `for ${this.origin.url}:${this.origin.line}:${this.origin.column}`;
    return `for ${this.type}`;
  }

  private get hot(): LineSamples | undefined {
    return this.samples.hot;
  }

  /** A call that makes much garbage is told by its name. */
  private get collectsGarbage(): boolean {
    const { profile } = this;
    return profile !== undefined && profile.gcMs > profile.sampledMs * GC_SHARE && this.call === undefined;
  }

  /** Code of packages, or Node's own, that runs because something was required or imported. */
  private get loadsModules(): boolean {
    const { hot } = this;
    if (!hot) return false;
    const isForeign = isDependency(hot.frame.url) || isNodeInternal(hot.frame.url);
    const called = isForeign ? hot.stack : hot.stack.slice(0, Math.max(0, hot.stack.indexOf(hot.frame)));
    return called.some(({ url }) => LOADER.test(url));
  }

  private get isNative(): boolean {
    return this.nativeMs > (this.lastSeenMs - this.startedMs) * NATIVE_SHARE;
  }

  private get found(): ReturnType<CallFinder['find']> {
    const { hot } = this;
    const isOpen = hot?.where !== 'at' || hot.call?.name === 'zlib' || this.isNative;
    return hot && isOpen ? this.calls.find(hot) : undefined;
  }

  private unanswered(sinceMs: number | undefined, untilMs: number): void {
    if (sinceMs !== undefined) this.nativeMs += Math.max(0, untilMs - Math.max(sinceMs, this.lastSeenMs));
  }

  private addPiece({ entry, runs, ticks }: WireTurn, stack: readonly WireFrame[], ms: number): void {
    const outermost = outermostUserFrame(stack);
    const piece = `${entry}/${runs}/${ticks}/${outermost?.url}#${outermost?.function}`;
    const before = this.pieces.get(piece);
    if (before !== undefined || this.pieces.size < MAX_PIECES) this.pieces.set(piece, (before ?? 0) + ms);
  }

  /** Many short pieces one after the other, and not one long one. */
  private isChain(): boolean {
    const wholeMs = this.lastSeenMs - this.startedMs;
    const callbackShort = this.callbackMs === undefined ? this.inMicrotasks : this.callbackMs < wholeMs / 2;
    if (!callbackShort) return false;
    const times = [...this.pieces.values()];
    return Math.max(0, ...times) <= times.reduce((sum, ms) => sum + ms, 0) * PIECE_SHARE && times.length > 1;
  }
}

/** What one look tells of the time before it, unless native code kept it waiting. */
const LOOK_MS = 40;
/** With one piece above this share, it is no chain. */
const PIECE_SHARE = 0.6;
const MAX_PIECES = 200;
/** Of the time sampled: above this share it is the collector's. */
const GC_SHARE = 0.5;
/** Unanswered for more than this share, it was native code. */
const NATIVE_SHARE = 0.5;
/** A thread that used less than this and this share of its time waited, or was stopped. */
const IDLE_MS = 10;
const IDLE_SHARE = 0.03;
/** Meters are not exact. */
const STALL_SHARE = 0.8;

const LOADER = /^node:internal\/modules\//;
