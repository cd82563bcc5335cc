/**
 * One round of the event loop, from one look for new events to the next. A round of many short callbacks holds
 * up timers and I/O as one long callback does, though none of them is over the threshold.
 */
import type { WireIteration } from '../../protocol/wire.js';
import { loopClockOffsetMs } from '../clocks/clock.js';
import { targetOf } from '../records/liveList.js';
import type { AsyncRecord } from '../records/records.js';

/** Rounds that the host has not fetched; more are dropped. */
const MAX_ENDED = 100;
/** Sorts of callbacks told apart in one round. */
const MAX_GROUPS = 1_000;
const MAX_GROUPS_SENT = 3;
/** A round is reported from so many thresholds, and so many milliseconds, on. */
const MIN_THRESHOLDS = 5;
const MIN_MS = 1_000;

type Group = WireIteration['groups'][number];

interface TimerFields {
  _idleStart?: unknown;
  _idleTimeout?: unknown;
}

/** When a timer is due that is about to fire, on the agent's clock; Infinity where it cannot be told. */
export function dueTime(timer: AsyncRecord): number {
  const { _idleStart: armed, _idleTimeout: delay } = (targetOf(timer) as TimerFields | null) ?? {};
  if (typeof armed !== 'number' || typeof delay !== 'number' || delay < 0) return Infinity;
  return armed + loopClockOffsetMs + delay;
}

export class LoopIteration {
  startedMs = 0;
  /** Milliseconds in turns that are reported by themselves. */
  longMs = 0;
  /** What the process ran on processors in them; up to 10 ms too many for each. */
  longCpuMs = 0;
  private seq = 0;
  private callbacks = 0;
  private cpuAtStartMs = 0;
  private readonly groups = new Map<number | string, Group>();
  private counted = 0;
  private last: Group | undefined;
  private late: WireIteration['late'];
  private ended: WireIteration[] = [];

  begin(atMs: number, cpuAtMs: number): void {
    this.seq++;
    this.startedMs = atMs;
    this.cpuAtStartMs = cpuAtMs;
    this.callbacks = 0;
    this.longMs = 0;
    this.longCpuMs = 0;
    if (this.counted === 0) return;
    this.counted = 0;
    this.groups.clear();
    this.last = undefined;
    this.late = undefined;
  }

  /** A callback begins. Only once the round has lasted as long as the threshold is it worth knowing of what sort. */
  callback(record: AsyncRecord | null, atMs: number, thresholdMs: number): void {
    this.callbacks++;
    if (atMs - this.startedMs < thresholdMs) return;
    this.counted++;
    const type = record?.extra?.type ?? 'unknown';
    const site = record?.site ?? 0;
    const { last } = this;
    if (last !== undefined && last.site === site && last.type === type) last.count++;
    else this.count(type, site);
    if (type === 'Timeout' && record !== null) this.timer(record, atMs, thresholdMs);
  }

  /** The loop has looked for new events again: what is over the limits is kept for the host. */
  end(endedMs: number, cpuAtMs: number, thresholdMs: number): void {
    if (this.counted === 0 || thresholdMs <= 0 || this.ended.length >= MAX_ENDED) return;
    if (this.isLong(endedMs, thresholdMs) || this.late !== undefined)
      this.ended.push(this.report(endedMs, cpuAtMs, false));
  }

  /** Rounds that ended since the last call, and the one that goes on if it is over the limit already. */
  take(atMs: number, cpuAtMs: () => number, thresholdMs: number): WireIteration[] {
    const taken = this.ended;
    if (taken.length > 0) this.ended = [];
    if (thresholdMs > 0 && this.counted > 0 && this.isLong(atMs, thresholdMs))
      taken.push(this.report(atMs, cpuAtMs(), true));
    return taken;
  }

  private isLong(atMs: number, thresholdMs: number): boolean {
    return atMs - this.startedMs - this.longMs >= Math.max(MIN_MS, MIN_THRESHOLDS * thresholdMs);
  }

  private count(type: string, site: number): void {
    const key = site === 0 ? type : site;
    let group = this.groups.get(key);
    if (group === undefined) {
      if (this.groups.size >= MAX_GROUPS) return;
      group = { type, site, count: 0 };
      this.groups.set(key, group);
    }
    group.count++;
    this.last = group;
  }

  /** How late a timer fires, without what long turns that are reported have held it up. */
  private timer(record: AsyncRecord, atMs: number, thresholdMs: number): void {
    // one that came due before this round was held up by something else
    const dueMs = Math.max(dueTime(record), this.startedMs);
    if (dueMs === Infinity) return;
    const lateMs = atMs - dueMs - this.longMs;
    if (lateMs < thresholdMs) return;
    if (this.late === undefined) this.late = { count: 1, worstMs: lateMs, site: record.site };
    else {
      this.late.count++;
      if (lateMs > this.late.worstMs) {
        this.late.worstMs = lateMs;
        this.late.site = record.site;
      }
    }
  }

  private report(atMs: number, cpuAtMs: number, ongoing: boolean): WireIteration {
    const groups = [...this.groups.values()].sort((a, b) => b.count - a.count).slice(0, MAX_GROUPS_SENT);
    return {
      seq: this.seq,
      startedMs: this.startedMs,
      durationMs: atMs - this.startedMs - this.longMs,
      cpuMs: Math.max(0, cpuAtMs - this.cpuAtStartMs - this.longCpuMs),
      ongoing,
      callbacks: this.callbacks,
      counted: this.counted,
      groups: groups.map((group) => ({ ...group })),
      ...(this.late === undefined ? {} : { late: { ...this.late } }),
    };
  }
}
