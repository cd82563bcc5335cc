import type { Site, TimedWarning } from '../../protocol/snapshot.js';
import type { WireFrame } from '../../protocol/wire.js';
import { fineDurationText } from '../numbers.js';
import { plainText } from '../plainText.js';
import { oftenText } from './blockingText.js';

export interface TimedWarningsContext {
  readonly session: string;
  resolve(frame: WireFrame): Site;
  taskId(entry: number): string;
  /** The first of a group has begun, or the last of it has ended. */
  onWarn(warning: TimedWarning): void;
}

/** Something that takes, or took, too long. */
export interface Slowness {
  kind: Exclude<TimedWarning['kind'], 'blocking'>;
  /** Those of one kind with the same key are one warning. */
  key: string;
  /** The same from its beginning to its end. */
  id: number;
  durationMs: number;
  ongoing: boolean;
  /** What happens, or happened. */
  text: (ongoing: boolean) => string;
  /** The operation, or the function that was called. */
  what?: string;
  frame?: WireFrame | undefined;
  entry?: number;
}

/** Warnings of what took too long, one for each kind and place. */
export class TimedWarnings {
  dropped = 0;
  private readonly groups = new Map<string, Group>();

  constructor(private readonly context: TimedWarningsContext) {}

  /** Told again and again while it goes on, and once when it has ended. */
  report(slow: Slowness): void {
    const group = this.groups.get(`${slow.kind}:${slow.key}`) ?? this.add(slow);
    if (!group.open.has(slow.id)) group.count++;
    const wasQuiet = group.open.size === 0;
    group.open.set(slow.id, slow.durationMs);
    group.maxMs = Math.max(group.maxMs, slow.durationMs);
    group.last = slow;
    if (!slow.ongoing) {
      group.open.delete(slow.id);
      group.endedMs += slow.durationMs;
    }
    if (slow.ongoing ? wasQuiet : group.open.size === 0) this.context.onWarn(this.warning(group));
  }

  /** Many that have ended, of which this was the longest. Told when they are the first. */
  reportMany(longest: Omit<Slowness, 'id' | 'ongoing'>, count: number, totalMs: number): void {
    const known = this.groups.get(`${longest.kind}:${longest.key}`);
    const last = { ...longest, id: 0, ongoing: false };
    const group = known ?? this.add(last);
    group.count += count;
    group.endedMs += totalMs;
    group.maxMs = Math.max(group.maxMs, longest.durationMs);
    group.last = last;
    if (!known) this.context.onWarn(this.warning(group));
  }

  /** It goes on no longer, and nothing is known of its end. */
  end(): void {
    for (const group of this.groups.values()) {
      if (group.open.size === 0) continue;
      for (const durationMs of group.open.values()) group.endedMs += durationMs;
      group.open.clear();
      this.context.onWarn(this.warning(group));
    }
  }

  clear(): void {
    for (const [key, group] of this.groups) {
      if (group.open.size === 0) this.groups.delete(key);
      else Object.assign(group, { count: group.open.size, endedMs: 0 });
    }
  }

  warnings(): TimedWarning[] {
    return [...this.groups.values()].map((group) => this.warning(group));
  }

  private add(slow: Slowness): Group {
    if (this.groups.size >= MAX_WARNINGS) this.forgetOne();
    const group: Group = { count: 0, endedMs: 0, maxMs: 0, open: new Map(), last: slow };
    this.groups.set(`${slow.kind}:${slow.key}`, group);
    return group;
  }

  private forgetOne(): void {
    const [oldest] = [...this.groups].filter(([, { open }]) => open.size === 0);
    const key = oldest?.[0] ?? [...this.groups.keys()][0];
    if (key === undefined) return;
    this.groups.delete(key);
    this.dropped++;
  }

  private warning({ last, count, endedMs, maxMs, open }: Group): TimedWarning {
    const { kind, key, durationMs, frame, entry, text, what } = last;
    const ongoing = open.size > 0;
    const event = text(ongoing);
    return {
      id: `${this.context.session}:${kind}:${key}`,
      kind,
      message: plainText(count > 1 ? oftenText(event, count, fineDurationText(maxMs)) : event, 400),
      count,
      ongoing,
      durationMs,
      maxMs,
      totalMs: [...open.values()].reduce((sum, ms) => sum + ms, endedMs),
      ...(what !== undefined && { what: plainText(what) }),
      ...(frame && { site: this.context.resolve(frame) }),
      ...(entry !== undefined && { task: this.context.taskId(entry) }),
    };
  }
}

interface Group {
  count: number;
  /** Of those that have ended. */
  endedMs: number;
  maxMs: number;
  /** What goes on: how long so far. */
  open: Map<number, number>;
  last: Slowness;
}

const MAX_WARNINGS = 500;
