/**
 * Times the turns of the event loop: one callback at the bottom of the stack and the ticks and microtasks
 * that it sets off. Two readings of the clock a turn; microtasks are not timed one by one.
 */
import type { Poll, WireBlock } from '../../protocol/wire.js';
import { nowMs } from '../clocks/clock.js';
import { Collections } from './garbageCollections.js';
import { cpuMs, ranMs } from '../clocks/cpuClock.js';
import { LoopIteration } from './loopIteration.js';
import type { Recorder } from '../recording/recorder.js';
import type { AsyncRecord } from '../records/records.js';

/** Blocks that the host has not fetched; more are counted. */
const MAX_BLOCKS = 1_000;
/** What is too dear to be read in each turn is read so often at most. */
const METER_MS = 10;
/** It is looked into from this share of the threshold on, so that a block just over it has been seen too. */
const SAMPLED_SHARE = 0.5;

/** Milliseconds that the loop has spent waiting; grows only while it waits. */
const nodeTiming = performance.nodeTiming as {
  readonly idleTime: number;
  /** Counts the rounds of the loop; Node 20.18 and later, but not Node 22 before 22.8. */
  readonly uvMetricsInfo?: { loopCount: number };
};
/** Node's own modules that were loaded: it loads most of them when they are used for the first time. */
const nodesParts = (process as { moduleLoadList?: readonly string[] }).moduleLoadList ?? [];
const countsRounds = nodeTiming.uvMetricsInfo !== undefined;

export class Turns {
  seq = 0;
  startedMs = 0;
  type = 'script';
  /** The callback has returned; ticks and microtasks may go on. */
  inMicrotasks = false;
  /** Ticks that have begun in this turn. */
  ticks = 0;
  thresholdMs = 0;
  dropped = 0;
  readonly collections = new Collections();
  /** Whose callback began the turn; one that has ended keeps no object of the program. */
  private record: AsyncRecord | null = null;
  private callbackMs = 0;
  private partsAtStart = 0;
  private idleAtStartMs = nodeTiming.idleTime;
  private ended = false;
  private blocks: WireBlock[] = [];
  private maxMs = 0;
  private count = 0;
  private idleAtPollMs = nodeTiming.idleTime;
  /** Last readings of the meters, at or not long before the turn's start. */
  private meteredAtMs = -Infinity;
  private meteredCpuMs = cpuMs();
  private meteredRanMs = ranMs();
  private round = 0;
  private readonly iteration = new LoopIteration();

  /** @param onTurn called at the start of each turn, with the clock just read */
  constructor(
    private readonly onTurn: (atMs: number) => void,
    private readonly recorder: Recorder,
  ) {}

  /** Of what the turn runs for; 0: not known. */
  get entry(): number {
    return this.record?.id ?? 0;
  }

  /** The agent comes while the program runs. What goes on of a turn that is running is timed from here. */
  attachMidExecution(isInTurn: boolean): void {
    this.ended = true;
    this.meteredAtMs = -Infinity;
    if (isInTurn) this.begin(0, null);
  }

  /** A callback of a resource is about to run at this depth of nested executions. */
  begin(depth: number, record: AsyncRecord | null): void {
    if (depth !== 0) return;
    const atMs = nowMs();
    const idleMs = nodeTiming.idleTime;
    const waitedMs = idleMs - this.idleAtStartMs;
    if (!this.ended) this.finish(atMs, waitedMs);
    this.ended = false;
    this.seq++;
    this.startedMs = atMs;
    this.idleAtStartMs = idleMs;
    this.type = record?.extra?.type ?? 'unknown';
    this.record = record;
    this.inMicrotasks = false;
    this.callbackMs = 0;
    this.partsAtStart = nodesParts.length;
    this.ticks = 0;
    if (this.thresholdMs > 0) {
      this.meter(atMs, waitedMs);
      this.iteration.callback(record, atMs, this.thresholdMs);
    }
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
    const waitedMs = nodeTiming.idleTime - this.idleAtStartMs;
    if (waitedMs <= 0) return true;
    this.close(atMs, waitedMs);
    return false;
  }

  /** Whether the turn that is running takes so long that it may become a block. */
  isLong(atMs: number): boolean {
    return this.thresholdMs > 0 && atMs - this.startedMs >= this.thresholdMs * SAMPLED_SHARE;
  }

  /** The program ends in this turn, or after it. */
  exit(atMs: number): void {
    if (!this.ended) this.close(atMs, nodeTiming.idleTime - this.idleAtStartMs);
  }

  /**
   * Milliseconds that this turn has run on processors: what the thread did, with the garbage collections, in which
   * other threads work for it, but no more than the whole process. Up to 10 ms too many.
   */
  cpuMs(collectedMs = this.collections.foundMs): number {
    return Math.min(cpuMs() - this.meteredCpuMs, ranMs() - this.meteredRanMs + collectedMs);
  }

  /** How many parts of itself Node has loaded in this turn. */
  get nodeParts(): number {
    return nodesParts.length - this.partsAtStart;
  }

  takeBlocks(): WireBlock[] {
    const { blocks } = this;
    if (blocks.length > 0) this.blocks = [];
    return blocks;
  }

  /** What the loop did since the last call. */
  takeLoop(atMs: number): Poll['loop'] {
    const idle = nodeTiming.idleTime;
    const iterations = countsRounds ? this.iteration.take(atMs, ranMs, this.thresholdMs) : [];
    const loop = {
      idleMs: idle - this.idleAtPollMs,
      turnMaxMs: this.maxMs,
      turns: this.count,
      ...(iterations.length === 0 ? {} : { iterations }),
    };
    this.idleAtPollMs = idle;
    this.maxMs = 0;
    this.count = 0;
    return loop;
  }

  private close(atMs: number, waitedMs: number): void {
    this.finish(atMs, waitedMs);
    this.ended = true;
  }

  /** Reads what is not read in each turn; a new round of the loop is seen by the loop having waited, or counted. */
  private meter(atMs: number, waitedMs: number): void {
    const isDue = atMs - this.meteredAtMs >= METER_MS;
    let isNewRound = waitedMs > 0;
    if (isDue) {
      this.meteredAtMs = atMs;
      this.meteredCpuMs = cpuMs();
      this.meteredRanMs = ranMs();
      const round = nodeTiming.uvMetricsInfo?.loopCount ?? 0;
      isNewRound ||= round !== this.round;
      this.round = round;
    }
    if (!isNewRound) return;
    this.iteration.end(atMs - waitedMs, this.meteredRanMs, this.thresholdMs);
    this.iteration.begin(atMs, this.meteredRanMs);
  }

  /** The time since a turn began, less what the loop has waited since, is the turn. */
  private finish(atMs: number, waitedMs: number): void {
    const durationMs = atMs - this.startedMs - waitedMs;
    this.count++;
    if (durationMs > this.maxMs) this.maxMs = durationMs;
    if (this.recorder.isOn) this.recorder.turnEnded(this.startedMs, atMs, durationMs, this.record);
    if (this.thresholdMs === 0 || durationMs < this.thresholdMs * SAMPLED_SHARE) return;
    const collections = this.collections.end(this.startedMs + durationMs);
    if (durationMs < this.thresholdMs) return;
    const usedMs = this.cpuMs(collections?.ms);
    this.iteration.longMs += durationMs;
    this.iteration.longCpuMs += usedMs;
    if (this.blocks.length >= MAX_BLOCKS) {
      this.dropped++;
      return;
    }
    this.blocks.push({
      seq: this.seq,
      startedMs: this.startedMs,
      durationMs,
      callbackMs: this.inMicrotasks ? this.callbackMs : durationMs,
      cpuMs: usedMs,
      type: this.type,
      entry: this.entry,
      ...(this.record === null || this.record.site === 0 ? {} : { site: this.record.site }),
      ...(collections === undefined ? {} : { collections }),
      ...(this.nodeParts > 0 ? { nodeParts: this.nodeParts } : {}),
    });
  }
}
