import type { BlockingWarning, Site, BlockingEpisode as EpisodeSnapshot } from '../protocol/snapshot.js';
import type { Beat, WireFrame } from '../protocol/wire.js';
import { BlockingEpisode } from './blockingEpisode.js';
import type { DebuggeeClock } from './debuggeeClock.js';
import { counted, durationText } from './numbers.js';
import type { Pauses } from './pauses.js';
import { plainText } from './plainText.js';

/** What blocking episodes need to know of the debuggee around them. */
export interface BlockingContext {
  readonly session: string;
  readonly clock: DebuggeeClock;
  readonly pauses: Pauses;
  resolve(frame: WireFrame): Site;
  taskId(entry: number): string;
  /** Where an entry was made. */
  origin(id: number): WireFrame | undefined;
  /** A warning has begun or ended. */
  onWarn(warning: BlockingWarning): void;
}

/** Joins what the beats tell of long turns into episodes, and episodes of one site into one warning. */
export class BlockingEpisodes {
  thresholdMs = 100;
  dropped = 0;
  private readonly groups = new Map<string, Group>();
  /** The turn that goes on, from its first sample on; `group` once it is over the threshold. */
  private current: { episode: BlockingEpisode; group?: Group } | undefined;

  constructor(private readonly context: BlockingContext) {}

  /** Entries of the beat are known already, and those that it ends still are. */
  observe(beat: Beat): void {
    for (const block of beat.blocks) {
      const episode =
        this.current?.episode.seq === block.seq ? this.current.episode : new BlockingEpisode(block);
      this.attribute(episode, block.entry);
      episode.closed(block);
      this.close(episode);
    }
    const turn = beat.turn;
    // Blocks that did not fit into this beat come with the next one.
    if (this.current && this.current.episode.seq !== turn?.seq && !beat.more)
      this.close(this.current.episode);
    if (!turn || (this.current && this.current.episode.seq !== turn.seq)) return;
    if (this.context.pauses.open || this.thresholdMs <= 0) return;
    if (!turn.stack && beat.nowMs - turn.startedMs < this.thresholdMs) return;
    this.current ??= { episode: new BlockingEpisode(turn) };
    const { episode } = this.current;
    this.attribute(episode, turn.entry);
    episode.seen(turn, beat.nowMs);
    episode.durationMs = this.durationMs(episode.startedMs, beat.nowMs);
    if (episode.durationMs < this.thresholdMs || this.current.group) return;
    this.current.group = this.enter(episode);
    this.warn(this.current.group, beat.nowMs);
  }

  /** The conversation is over: what goes on now is not heard of again. */
  end(): void {
    if (this.current) this.close(this.current.episode);
  }

  clear(): void {
    const group = this.current?.group;
    this.groups.clear();
    if (!this.current || !group) return;
    delete this.current.group;
    this.current.group = this.enter(this.current.episode);
  }

  sitesChanged(): void {
    for (const group of this.groups.values()) group.resolved.clear();
  }

  /** What blocks now, with its duration at this moment of the debuggee's clock. */
  ongoing(nowMs: number): { durationMs: number; site?: Site; stack: Site[]; task?: string } | undefined {
    if (!this.current?.group) return undefined;
    const { episode } = this.current;
    const blocked: ReturnType<BlockingEpisodes['ongoing']> = {
      durationMs: this.durationMs(episode.startedMs, Math.max(nowMs, episode.lastSeenMs)),
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

  private attribute(episode: BlockingEpisode, entry: number): void {
    if (entry === 0) return;
    episode.entry = entry;
    episode.origin = this.context.origin(entry) ?? episode.origin;
  }

  /** Ends an episode, and forgets it when too little remains without the time in the debugger. */
  private close(episode: BlockingEpisode): void {
    const reported = this.current?.episode === episode ? this.current.group : undefined;
    if (this.current?.episode === episode) this.current = undefined;
    episode.ongoing = false;
    episode.durationMs = this.durationMs(episode.startedMs, episode.lastSeenMs);
    if (this.thresholdMs <= 0 || episode.durationMs < this.thresholdMs) {
      if (reported) this.retract(reported, episode);
      return;
    }
    const group = reported ?? this.enter(episode);
    group.totalMs += episode.durationMs;
    group.maxMs = Math.max(group.maxMs, episode.durationMs);
    this.warn(group, episode.lastSeenMs);
  }

  private enter(episode: BlockingEpisode): Group {
    const key = episode.key;
    let group = this.groups.get(key);
    if (!group) {
      this.makeRoom();
      const id = `${this.context.session}:blocking:${key}`;
      group = { id, count: 0, totalMs: 0, maxMs: 0, episodes: [], resolved: new Map() };
      this.groups.set(key, group);
    }
    group.count++;
    group.episodes.push(episode);
    const forgotten = group.episodes.length > MAX_EPISODES ? group.episodes.shift() : undefined;
    if (forgotten) group.resolved.delete(forgotten);
    return group;
  }

  private retract(group: Group, episode: BlockingEpisode): void {
    group.count--;
    group.episodes = group.episodes.filter((one) => one !== episode);
    group.resolved.delete(episode);
    if (group.count > 0) return;
    for (const [key, one] of this.groups) if (one === group) this.groups.delete(key);
  }

  /** The warning that was last seen longest ago makes room. */
  private makeRoom(): void {
    if (this.groups.size < MAX_WARNINGS) return;
    const lastMs = (group: Group): number => group.episodes.at(-1)?.lastSeenMs ?? 0;
    const [oldest] = [...this.groups].sort(([, a], [, b]) => lastMs(a) - lastMs(b));
    if (!oldest) return;
    this.groups.delete(oldest[0]);
    this.dropped++;
  }

  private warn(group: Group, nowMs: number): void {
    this.context.onWarn(this.warning(group, nowMs));
  }

  private warning(group: Group, nowMs: number): BlockingWarning {
    const last = group.episodes.at(-1);
    const ongoing = last?.ongoing ?? false;
    const durationMs = !last
      ? group.maxMs
      : ongoing
        ? this.durationMs(last.startedMs, Math.max(nowMs, last.lastSeenMs))
        : last.durationMs;
    const maxMs = Math.max(group.maxMs, durationMs);
    const warning: BlockingWarning = {
      id: group.id,
      kind: 'blocking',
      message: last ? message(last, durationMs, group.count, maxMs) : '',
      count: group.count,
      ongoing,
      durationMs,
      maxMs,
      totalMs: group.totalMs + (ongoing ? durationMs : 0),
      cause: last?.cause ?? 'unknown',
      samples: last?.samples.total ?? 0,
    };
    if (!last) return warning;
    const places = this.placesOf(group, last);
    if (places.site) warning.site = places.site;
    if (places.stack.length > 0) warning.stack = places.stack;
    if (last.entry !== 0) warning.task = this.context.taskId(last.entry);
    warning.episodes = group.episodes.map((episode) => this.episodeSnapshot(group, episode, nowMs)).reverse();
    return warning;
  }

  private episodeSnapshot(group: Group, episode: BlockingEpisode, nowMs: number): EpisodeSnapshot {
    const places = this.placesOf(group, episode);
    const snapshot: EpisodeSnapshot = {
      seq: episode.seq,
      startedMs: episode.startedMs,
      durationMs: episode.ongoing
        ? this.durationMs(episode.startedMs, Math.max(nowMs, episode.lastSeenMs))
        : episode.durationMs,
      ongoing: episode.ongoing,
      cause: episode.cause,
      samples: episode.samples.total,
      lines: places.lines,
      stack: places.stack,
    };
    if (places.site) snapshot.site = places.site;
    if (episode.entry !== 0) snapshot.task = this.context.taskId(episode.entry);
    return snapshot;
  }

  /** Places in the original source; those of an ended episode stay until source maps come. */
  private placesOf(group: Group, episode: BlockingEpisode): Places {
    const known = group.resolved.get(episode);
    if (known) return known;
    const resolve = (frame: WireFrame): Site => this.context.resolve(frame);
    const places: Places = {
      // builtins such as `JSON.parse` stand in no file
      stack: (episode.samples.hot?.stack ?? []).filter((frame) => frame.url !== '').map(resolve),
      lines: episode.samples
        .lines()
        .slice(0, MAX_LINES)
        .map(({ frame, count }) => ({ site: resolve(frame), samples: count })),
    };
    if (episode.place) places.site = resolve(episode.place);
    if (!episode.ongoing) group.resolved.set(episode, places);
    return places;
  }

  private durationMs(fromMs: number, toMs: number): number {
    const { clock, pauses } = this.context;
    return Math.max(0, toMs - fromMs - pauses.withinMs(clock.toHost(fromMs), clock.toHost(toMs)));
  }
}

interface Group {
  readonly id: string;
  /** Episodes, with those no longer kept and the one that goes on. */
  count: number;
  /** Of the ended ones. */
  totalMs: number;
  maxMs: number;
  /** The latest, newest last. */
  episodes: BlockingEpisode[];
  readonly resolved: Map<BlockingEpisode, Places>;
}

interface Places {
  site?: Site;
  stack: Site[];
  lines: { site: Site; samples: number }[];
}

const MAX_WARNINGS = 500;
const MAX_EPISODES = 20;
const MAX_LINES = 20;

function message(episode: BlockingEpisode, durationMs: number, count: number, maxMs: number): string {
  const duration = durationText(durationMs);
  const often = count > 1 ? ` (${counted(count, 'time')}, worst ${durationText(maxMs)})` : '';
  if (episode.cause === 'module loading') {
    return `Start-up ${episode.ongoing ? 'has held' : 'held'} the event loop for ${duration}${often}`;
  }
  const verb = episode.ongoing ? 'Has blocked' : 'Blocked';
  return plainText(`${verb} the event loop for ${duration}${reason(episode)}${often}`, 400);
}

function reason(episode: BlockingEpisode): string {
  if (episode.cause === 'microtasks') return ' with a chain of promises or ticks';
  return episode.cause === 'synchronous call' && episode.synchronousCall
    ? ` in ${episode.synchronousCall}`
    : '';
}
