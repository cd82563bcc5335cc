/**
 * Times the turns of the event loop: one callback at the bottom of the stack and the ticks and microtasks
 * that it sets off. Two readings of the clock a turn; microtasks are not timed one by one.
 */
import type { WireBlock } from '../protocol/wire.js';
import { nowMs } from './clock.js';
import type { AsyncRecord } from './records.js';

/** Blocks that the host has not fetched; more are counted. */
const MAX_BLOCKS = 1_000;

/** Milliseconds that the loop has spent waiting; grows only while it waits. */
const { nodeTiming } = performance;

export class Turns {
  seq = 0;
  startedMs = 0;
  type = 'script';
  entry = 0;
  /** The callback has returned; ticks and microtasks may go on. */
  inMicrotasks = false;
  thresholdMs = 0;
  dropped = 0;
  private callbackMs = 0;
  private idleAtStartMs = nodeTiming.idleTime;
  private ended = false;
  private blocks: WireBlock[] = [];
  private maxMs = 0;
  private count = 0;
  private idleAtBeatMs = nodeTiming.idleTime;

  /** @param onTurn called at the start of each turn, with the clock just read */
  constructor(private readonly onTurn: (atMs: number) => void) {}

  /** The turn that is running began before the agent came: it cannot be timed. */
  waitForNext(): void {
    this.ended = true;
  }

  /** A callback of a resource is about to run at this depth of nested executions. */
  begin(depth: number, record: AsyncRecord | null): void {
    if (depth !== 0) return;
    const atMs = nowMs();
    const idleMs = nodeTiming.idleTime;
    if (!this.ended) this.finish(atMs, idleMs);
    this.ended = false;
    this.seq++;
    this.startedMs = atMs;
    this.idleAtStartMs = idleMs;
    this.type = record?.extra?.type ?? 'unknown';
    this.entry = record?.id ?? 0;
    this.inMicrotasks = false;
    this.callbackMs = 0;
    this.onTurn(atMs);
  }

  callbackEnded(depth: number): void {
    if (depth !== 0 || this.inMicrotasks) return;
    this.callbackMs = nowMs() - this.startedMs;
    this.inMicrotasks = true;
  }

  /** Whether a turn is running at this moment; ends it if the loop has waited since it began. */
  isRunning(atMs: number): boolean {
    if (this.ended) return false;
    const idleMs = nodeTiming.idleTime;
    if (idleMs <= this.idleAtStartMs) return true;
    this.finish(atMs, idleMs);
    this.ended = true;
    return false;
  }

  takeBlocks(): WireBlock[] {
    const { blocks } = this;
    if (blocks.length > 0) this.blocks = [];
    return blocks;
  }

  /** What the loop did since the last call. */
  takeLoop(): { idleMs: number; turnMaxMs: number; turns: number } {
    const idle = nodeTiming.idleTime;
    const loop = { idleMs: idle - this.idleAtBeatMs, turnMaxMs: this.maxMs, turns: this.count };
    this.idleAtBeatMs = idle;
    this.maxMs = 0;
    this.count = 0;
    return loop;
  }

  /** The time since a turn began, less what the loop has waited since, is the turn. */
  private finish(atMs: number, idleMs: number): void {
    const durationMs = atMs - this.startedMs - (idleMs - this.idleAtStartMs);
    this.count++;
    if (durationMs > this.maxMs) this.maxMs = durationMs;
    if (this.thresholdMs === 0 || durationMs < this.thresholdMs) return;
    if (this.blocks.length >= MAX_BLOCKS) {
      this.dropped++;
      return;
    }
    this.blocks.push({
      seq: this.seq,
      startedMs: this.startedMs,
      durationMs,
      callbackMs: this.inMicrotasks ? this.callbackMs : durationMs,
      type: this.type,
      entry: this.entry,
    });
  }
}
