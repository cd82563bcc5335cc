import type {
  BlockingWarning,
  BlockingEpisode as EpisodeSnapshot,
  ProcessSnapshot,
  Site,
  Suffered,
} from '../../protocol/snapshot.js';
import type { Poll, WireBlock, WireFrame, WireTurn } from '../../protocol/wire.js';
import { type BlockingCause, BlockingEpisode, type CallFinder } from './blockingEpisode.js';
import { isOwn } from '../codeOrigin.js';
import { blockingMessage } from './blockingText.js';
import { type CpuProfile, cpuProfile } from './cpuProfile.js';
import type { DebuggeeClock } from '../debuggeeClock.js';
import { ForeignBlocks } from './foreignBlocks.js';
import type { Pauses } from './pauses.js';
import { StartUp } from './startUp.js';
import { Waits } from '../tasks/waits.js';

/** What blocking episodes need to know of the debuggee around them. */
export interface BlockingContext extends CallFinder {
  readonly session: string;
  readonly clock: DebuggeeClock;
  readonly pauses: Pauses;
  resolve(frame: WireFrame): Site;
  taskId(entry: number): string;
  /** Where an entry was made. */
  origin(id: number): WireFrame | undefined;
  /** Where a task is suspended. */
  awaitOf(id: number): WireFrame | undefined;
  /** A place that the agent has told. */
  frame(site: number | undefined): WireFrame | undefined;
  /** The task or request that an entry belongs to, where it has a name of its own. */
  namedTask(entry: number): { entry: number; name: string } | undefined;
  /** Who could have gone on between two moments of the debuggee's clock, but for `entry`. */
  waiting(fromMs: number, toMs: number, entry: number): Suffered;
  /** The program answers others. */
  isServing(): boolean;
  /** A warning has begun or ended. */
  onWarn(warning: BlockingWarning): void;
}

/** Joins what the polls tell of long turns into episodes, and episodes of one site into one warning. */
export class BlockingEpisodes {
  thresholdMs = 100;
  dropped = 0;
  /** By the key that is in their id. */
  private readonly groups = new Map<string, Group>();
  /** By all keys of their episodes. */
  private readonly byKey = new Map<string, Group>();
  /** The turn that goes on, from its first sample on; `group` once it is over the threshold. */
  private current: Current | undefined;
  private readonly startUp = new StartUp();
  private readonly foreign = new ForeignBlocks();
  private readonly waits = new Waits();
  /** When blocks held the loop, or it did not answer, lately; oldest first and not overlapping. */
  private readonly held: { fromMs: number; toMs: number }[] = [];

  constructor(private readonly context: BlockingContext) {}

  /**
   * Entries of the poll are known already, and those that it ends still are. `askedMs`: when the program was asked
   * for the poll, on its own clock.
   */
  observe(poll: Poll, askedMs = poll.nowMs): void {
    const nativeSinceMs = this.waits.isLong(poll.nowMs - askedMs) ? askedMs : undefined;
    if (nativeSinceMs !== undefined) this.hold(nativeSinceMs, poll.nowMs);
    for (const block of poll.blocks) this.ended(block, nativeSinceMs);
    const turn = poll.turn;
    if (turn?.stack) this.hold(turn.startedMs, poll.nowMs);
    // Blocks that did not fit into this poll come with the next one.
    if (this.current && this.current.episode.seq !== turn?.seq && !poll.more) {
      this.finish(this.current);
      this.current = undefined;
    }
    if (!turn || (this.current && this.current.episode.seq !== turn.seq)) return;
    if (this.context.pauses.open || this.thresholdMs <= 0) return;
    if (!turn.stack && poll.nowMs - turn.startedMs < this.thresholdMs) return;
    this.goesOn(turn, poll.nowMs, nativeSinceMs);
  }

  /** The conversation is over: what goes on now is not heard of again. */
  end(): void {
    if (this.current) this.finish(this.current);
    this.current = undefined;
  }

  clear(): void {
    this.groups.clear();
    this.byKey.clear();
    this.startUp.clear();
    this.foreign.clear();
    if (this.current?.group) this.current.group = this.enter(this.current.episode);
  }

  sitesChanged(): void {
    for (const group of this.groups.values()) group.resolved.clear();
  }

  /** What blocks now, with its duration at this moment of the debuggee's clock. */
  ongoing(nowMs: number): ProcessSnapshot['blocked'] {
    if (!this.current?.group) return undefined;
    const { episode } = this.current;
    const blocked: ProcessSnapshot['blocked'] = {
      durationMs: this.lastingMs(episode, nowMs),
      stack: episode.samples.latest.map((frame) => this.context.resolve(frame)),
    };
    if (episode.place) blocked.site = this.context.resolve(episode.place);
    if (episode.entry !== 0) blocked.task = this.context.taskId(episode.entry);
    return blocked;
  }

  /** In the order in which the sites were first seen. */
  warnings(nowMs: number): BlockingWarning[] {
    return [...this.groups.values()].map((group) => this.warning(group, nowMs));
  }

  /** What is told beside the warnings. */
  aside(): Pick<ProcessSnapshot, 'startUp' | 'foreignBlocks'> {
    const resolve = (frame: WireFrame): Site => this.context.resolve(frame);
    const startUp = this.startUp.snapshot(this.thresholdMs, resolve);
    const foreignBlocks = this.foreign.snapshot(resolve);
    return { ...(startUp && { startUp }), ...(foreignBlocks && { foreignBlocks }) };
  }

  /** A profile of one block, or of the latest one of a warning that there is anything of. */
  profile(warningId: string, seq?: number): CpuProfile | undefined {
    const group = [...this.groups.values()].find(({ id }) => id === warningId);
    const episode = group?.episodes.findLast((one) => !one.recording.isEmpty && (seq ?? one.seq) === one.seq);
    if (!episode) return undefined;
    const stretches = episode.recording.read(episode.durationMs);
    return cpuProfile(episode.startedMs, stretches, (frame) => this.context.resolve(frame));
  }

  /** Time between two moments in which the program could not go on, without that in the debugger. */
  heldMs(fromMs: number, toMs: number): number {
    let heldMs = 0;
    for (const held of this.held) {
      const beginMs = Math.max(fromMs, held.fromMs);
      const endMs = Math.min(toMs, held.toMs);
      if (endMs > beginMs) heldMs += this.durationMs(beginMs, endMs);
    }
    return heldMs;
  }

  private hold(fromMs: number, toMs: number): void {
    const held = { fromMs, toMs };
    for (let last = this.held.at(-1); last && held.fromMs <= last.toMs; last = this.held.at(-1)) {
      held.fromMs = Math.min(last.fromMs, held.fromMs);
      held.toMs = Math.max(last.toMs, held.toMs);
      this.held.pop();
    }
    this.held.push(held);
    if (this.held.length > MAX_HELD) this.held.shift();
  }

  private goesOn(turn: WireTurn, nowMs: number, nativeSinceMs: number | undefined): void {
    this.current ??= { episode: this.episodeOf(turn) };
    const { episode } = this.current;
    const madeAt = this.attribute(episode, turn.entry);
    if (turn.microtasks) episode.awaitAt = this.context.awaitOf(turn.entry) ?? episode.awaitAt;
    episode.seen(turn, nowMs, nativeSinceMs, madeAt);
    episode.lasted(this.durationMs(episode.startedMs, nowMs));
    if (turn.stack) episode.recording.add(turn.stack, episode.turnMs, nativeSinceMs !== undefined);
    if (episode.countedMs < this.thresholdMs || episode.isStall(this.thresholdMs)) return;
    if (!this.isOwn(episode)) return;
    episode.suffered = this.context.waiting(episode.startedMs, nowMs, episode.entry);
    const known = this.current.group;
    if (!known && !episode.isHolding) return; // it is told when the turn ends
    episode.settle();
    const wasOngoing = episode.ongoing;
    episode.ongoing = episode.isHolding;
    this.current.group ??= this.enter(episode);
    this.current.isOver = !episode.ongoing;
    if (!known || wasOngoing !== episode.ongoing) this.warn(this.current.group, nowMs);
  }

  private ended(block: WireBlock, nativeSinceMs: number | undefined): void {
    let one: Current = { episode: this.episodeOf(block) };
    if (this.current?.episode.seq === block.seq) {
      one = this.current;
      this.current = undefined;
    }
    const { episode } = one;
    this.attribute(episode, block.entry);
    episode.origin ??= this.context.frame(block.site);
    episode.closed(block, nativeSinceMs);
    episode.ongoing = false;
    episode.lasted(this.durationMs(episode.startedMs, episode.lastSeenMs));
    episode.suffered = this.context.waiting(episode.startedMs, episode.lastSeenMs, episode.entry);
    this.hold(episode.startedMs, episode.lastSeenMs);
    this.finish(one);
  }

  /** Returns where the entry was made. */
  private attribute(episode: BlockingEpisode, entry: number): WireFrame | undefined {
    if (entry === 0) return undefined;
    const madeAt = this.context.origin(entry);
    episode.entry = entry;
    episode.origin = madeAt ?? episode.origin;
    const named = this.context.namedTask(entry);
    if (named) episode.forTask = { id: this.context.taskId(named.entry), name: named.name };
    return madeAt;
  }

  /** Reports a turn that has ended, or forgets it when too little remains of it. */
  private finish(one: Current): void {
    const { episode, group: reported } = one;
    episode.ongoing = false;
    episode.lasted(this.durationMs(episode.startedMs, episode.lastSeenMs));
    const { loaded } = episode;
    if (this.thresholdMs > 0 && loaded.ms > 0) this.startUp.add(loaded.ms, loaded.places);
    const isBlock = this.thresholdMs > 0 && episode.countedMs >= this.thresholdMs;
    if (!isBlock || episode.isStall(this.thresholdMs) || !this.isOwn(episode)) {
      if (reported) this.retract(reported, episode);
      if (isBlock && !episode.isStall(this.thresholdMs)) this.foreign.add(episode.durationMs, episode.place);
      return;
    }
    const group = reported ?? this.enter(episode);
    group.resolved.delete(episode);
    group.totalMs += episode.durationMs;
    group.maxMs = Math.max(group.maxMs, episode.durationMs);
    if (one.isOver !== true) this.warn(group, episode.lastSeenMs);
  }

  private episodeOf(turn: WireTurn | WireBlock): BlockingEpisode {
    return new BlockingEpisode(turn, this.context, () => this.context.isServing());
  }

  /** A line of the program is known for it, or a request or task that it calls by name. */
  private isOwn({ place, forTask }: BlockingEpisode): boolean {
    return forTask !== undefined || (place !== undefined && isOwn(place.url));
  }

  private enter(episode: BlockingEpisode): Group {
    const { keys } = episode;
    const group = keys.map((key) => this.byKey.get(key)).find((known) => known) ?? this.add(keys[0] ?? '');
    if (group.keys.size < MAX_KEYS) {
      for (const key of keys) {
        if (this.byKey.has(key)) continue;
        this.byKey.set(key, group);
        group.keys.add(key);
      }
    }
    group.count++;
    group.episodes.push(episode);
    const forgotten = group.episodes.length > MAX_EPISODES ? group.episodes.shift() : undefined;
    if (forgotten) group.resolved.delete(forgotten);
    group.episodes.at(-1 - MAX_RECORDINGS)?.recording.clear();
    return group;
  }

  private add(key: string): Group {
    this.makeRoom();
    const id = `${this.context.session}:blocking:${key}`;
    const group: Group = {
      id,
      keys: new Set(),
      count: 0,
      totalMs: 0,
      maxMs: 0,
      episodes: [],
      resolved: new Map(),
    };
    this.groups.set(key, group);
    return group;
  }

  private remove(key: string, group: Group): void {
    this.groups.delete(key);
    for (const one of group.keys) this.byKey.delete(one);
  }

  private retract(group: Group, episode: BlockingEpisode): void {
    group.count--;
    group.episodes = group.episodes.filter((one) => one !== episode);
    group.resolved.delete(episode);
    if (group.count > 0) return;
    for (const [key, one] of this.groups) if (one === group) this.remove(key, group);
  }

  /** The warning that was last seen longest ago makes room. */
  private makeRoom(): void {
    if (this.groups.size < MAX_WARNINGS) return;
    const lastMs = (group: Group): number => group.episodes.at(-1)?.lastSeenMs ?? 0;
    const [oldest] = [...this.groups].sort(([, a], [, b]) => lastMs(a) - lastMs(b));
    if (!oldest) return;
    this.remove(...oldest);
    this.dropped++;
  }

  private warn(group: Group, nowMs: number): void {
    this.context.onWarn(this.warning(group, nowMs));
  }

  private warning(group: Group, nowMs: number): BlockingWarning {
    const last = group.episodes.at(-1);
    const ongoing = last?.ongoing ?? false;
    const durationMs = !last ? group.maxMs : ongoing ? this.lastingMs(last, nowMs) : last.durationMs;
    const maxMs = Math.max(group.maxMs, durationMs);
    const reading = this.usualReading(group);
    const warning: BlockingWarning = {
      id: group.id,
      kind: 'blocking',
      message:
        last && reading ? blockingMessage(last, reading, { durationMs, count: group.count, maxMs }) : '',
      count: group.count,
      ongoing,
      durationMs,
      maxMs,
      totalMs: group.totalMs + (ongoing ? durationMs : 0),
      cause: reading?.cause ?? 'unknown',
      samples: last?.samples.total ?? 0,
    };
    if (!last || !reading) return warning;
    if (reading.call !== undefined) warning.call = reading.call;
    if (reading.site) warning.site = reading.site;
    if (reading.stack.length > 0) warning.stack = reading.stack;
    Object.assign(warning, this.whom(last));
    warning.episodes = group.episodes.map((episode) => this.episodeSnapshot(group, episode, nowMs)).reverse();
    return warning;
  }

  /** What the latest episode says that has the cause with most of the time. */
  private usualReading(group: Group): Reading | undefined {
    const causes = new Map<string, { ms: number; reading: Reading }>();
    for (const episode of group.episodes) {
      const reading = this.readingOf(group, episode);
      const key = `${reading.cause} ${reading.call}`;
      causes.set(key, { ms: (causes.get(key)?.ms ?? 0) + episode.durationMs, reading });
    }
    const [most] = [...causes.values()].sort((a, b) => b.ms - a.ms);
    return most?.reading;
  }

  private episodeSnapshot(group: Group, episode: BlockingEpisode, nowMs: number): EpisodeSnapshot {
    const { cause, call, lines, stack, site } = this.readingOf(group, episode);
    return {
      seq: episode.seq,
      startedMs: episode.startedMs,
      durationMs: episode.ongoing ? this.lastingMs(episode, nowMs) : episode.durationMs,
      ongoing: episode.ongoing,
      cause,
      samples: episode.samples.total,
      lines,
      stack,
      ...(call !== undefined && { call }),
      ...(site && { site }),
      ...this.whom(episode),
    };
  }

  private whom({ entry, forTask, suffered }: BlockingEpisode): Partial<EpisodeSnapshot> {
    return {
      ...(entry !== 0 && { task: this.context.taskId(entry) }),
      ...(forTask && { forTask }),
      ...(suffered && suffered.tasks > 0 && { suffered }),
    };
  }

  /** What an episode says, with places in the original source; of an ended one it stays until source maps come. */
  private readingOf(group: Group, episode: BlockingEpisode): Reading {
    const known = group.resolved.get(episode);
    if (known) return known;
    const resolve = (frame: WireFrame): Site => this.context.resolve(frame);
    const { place, samples, cause, call, isProbable } = episode;
    const site = place && resolve(place);
    const lines = samples
      .lines()
      .filter(({ where }) => where === 'at')
      .slice(0, MAX_LINES)
      .map(({ frame, count }) => ({ site: resolve(frame), samples: count }));
    const reading: Reading = {
      cause,
      // builtins such as `JSON.parse` stand in no file
      stack: episode.stack.filter((frame) => frame.url !== '').map(resolve),
      lines: lines.length === 0 && site ? [{ site, samples: samples.total }] : lines,
      isProbable,
      ...(call !== undefined && { call }),
      ...(site && { site }),
    };
    if (!episode.ongoing) group.resolved.set(episode, reading);
    return reading;
  }

  private lastingMs(episode: BlockingEpisode, nowMs: number): number {
    if (episode.isDivided) return episode.durationMs;
    return this.durationMs(episode.startedMs, Math.max(nowMs, episode.lastSeenMs));
  }

  private durationMs(fromMs: number, toMs: number): number {
    const { clock, pauses } = this.context;
    return Math.max(0, toMs - fromMs - pauses.withinMs(clock.toHost(fromMs), clock.toHost(toMs)));
  }
}

interface Current {
  episode: BlockingEpisode;
  /** Where it is reported. */
  group?: Group;
  /** What was reported was told to be over, though the turn went on. */
  isOver?: boolean;
}

interface Group {
  readonly id: string;
  readonly keys: Set<string>;
  /** Episodes, with those no longer kept and the one that goes on. */
  count: number;
  /** Of the ended ones. */
  totalMs: number;
  maxMs: number;
  /** The latest, newest last. */
  episodes: BlockingEpisode[];
  readonly resolved: Map<BlockingEpisode, Reading>;
}

interface Reading {
  cause: BlockingCause;
  call?: string;
  isProbable: boolean;
  site?: Site;
  stack: Site[];
  lines: { site: Site; samples: number }[];
}

const MAX_WARNINGS = 500;
const MAX_EPISODES = 20;
/** The latest of a site that a profile can be made of. */
const MAX_RECORDINGS = 5;
const MAX_LINES = 20;
const MAX_HELD = 100;
/** Lines and functions of one warning. */
const MAX_KEYS = 50;
