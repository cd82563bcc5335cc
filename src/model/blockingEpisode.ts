import type { WireBlock, WireFrame, WireTurn } from '../protocol/wire.js';
import { isNodeInternal } from './codeOrigin.js';
import { StackSamples } from './stackSamples.js';

/** Why a turn took so long. */
export type BlockingCause = 'javascript' | 'synchronous call' | 'microtasks' | 'module loading' | 'unknown';

/** One turn of the event loop that is, or was, over the threshold. Times are the debuggee's. */
export class BlockingEpisode {
  readonly seq: number;
  readonly startedMs: number;
  readonly type: string;
  readonly samples = new StackSamples();
  /** Of the task or resource that it ran for; 0: not known. */
  entry = 0;
  /** Where that task or resource was made: the next best place without samples. */
  origin: WireFrame | undefined;
  ongoing = true;
  /** Without the time in the debugger. */
  durationMs = 0;
  lastSeenMs: number;
  private callbackMs: number | undefined;
  private inMicrotasks = false;
  /** Every resumption seen: an entry and how often it had run. */
  private readonly resumptions = new Set<string>();

  constructor(turn: WireTurn | WireBlock) {
    this.seq = turn.seq;
    this.startedMs = turn.startedMs;
    this.type = turn.type;
    this.lastSeenMs = turn.startedMs;
  }

  /** It is still going on. */
  seen(turn: WireTurn, nowMs: number): void {
    this.lastSeenMs = nowMs;
    this.inMicrotasks = turn.microtasks;
    if (turn.entry !== 0 && this.resumptions.size < 100) this.resumptions.add(`${turn.entry}/${turn.runs}`);
    if (turn.stack) this.samples.add(turn.stack);
  }

  closed(block: WireBlock): void {
    this.lastSeenMs = block.startedMs + block.durationMs;
    this.callbackMs = block.callbackMs;
  }

  /** What the site is told by: the hottest line, else where its task or resource was made. */
  get place(): WireFrame | undefined {
    const hot = this.samples.hot?.frame;
    return hot && !isNodeInternal(hot.url) ? hot : (this.origin ?? hot);
  }

  get cause(): BlockingCause {
    if (this.type === 'script') return 'module loading';
    if (this.isChain()) return 'microtasks';
    const hot = this.samples.hot;
    if (!hot || isNodeInternal(hot.frame.url)) return 'unknown';
    return hot.synchronousCall === undefined ? 'javascript' : 'synchronous call';
  }

  get synchronousCall(): string | undefined {
    return this.samples.hot?.synchronousCall;
  }

  /** Episodes with the same key are one warning: one function, or one line that calls something synchronous. */
  get key(): string {
    return `${this.type === 'script' ? 'start-up ' : ''}${this.placeKey()}`;
  }

  private placeKey(): string {
    const hot = this.samples.hot;
    if (hot && hot.frame === this.place) {
      const { url, line, function: name } = hot.frame;
      return name === '' || hot.synchronousCall !== undefined ? `${url}:${line}` : `${url}#${name}`;
    }
    if (this.origin) return `for ${this.origin.url}:${this.origin.line}:${this.origin.column}`;
    return `for ${this.type}`;
  }

  /** Many short pieces one after the other, and not one long one. */
  private isChain(): boolean {
    const wholeMs = this.lastSeenMs - this.startedMs;
    const callbackShort = this.callbackMs === undefined ? this.inMicrotasks : this.callbackMs < wholeMs / 2;
    if (!callbackShort) return false;
    return this.samples.functionsEntered > 1 || this.resumptions.size > 1;
  }
}
