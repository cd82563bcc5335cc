import type { BlockingWarning, ProcessSnapshot, Site, Suffered } from '../../protocol/snapshot.js';
import type { Poll, WireBlock, WireFrame, WireTurn } from '../../protocol/wire.js';
import type { CallFinder } from './blockDiagnosis.js';
import { type BlockGroup, BlockGroups } from './blockGroups.js';
import { BlockingEpisode } from './blockingEpisode.js';
import { BlockingWarnings } from './blockingWarnings.js';
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
  private readonly groups: BlockGroups;
  private readonly shape: BlockingWarnings;
  /** The turn that goes on, from its first sample on; `group` once it is over the threshold. */
  private current: Current | undefined;
  private readonly startUp = new StartUp();
  private readonly foreign = new ForeignBlocks();
  private readonly waits = new Waits();
  /** When blocks held the loop, or it did not answer, lately; oldest first and not overlapping. */
  private readonly held: { fromMs: number; toMs: number }[] = [];

  constructor(private readonly context: BlockingContext) {
    this.groups = new BlockGroups(context.session);
    this.shape = new BlockingWarnings({
      resolve: (frame) => context.resolve(frame),
      taskId: (entry) => context.taskId(entry),
      lastingMs: (episode, nowMs) => this.lastingMs(episode, nowMs),
    });
  }

  /** Warnings that made room for others. */
  get dropped(): number {
    return this.groups.dropped;
  }

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
    if (this.current && this.current.episode.evidence.seq !== turn?.seq && !poll.more) {
      this.finish(this.current);
      this.current = undefined;
    }
    if (!turn || (this.current && this.current.episode.evidence.seq !== turn.seq)) return;
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
    this.startUp.clear();
    this.foreign.clear();
    if (this.current?.group) this.current.group = this.groups.enter(this.current.episode);
  }

  sitesChanged(): void {
    this.shape.sitesChanged();
    this.current?.episode.scriptsChanged();
    for (const { episodes } of this.groups.all()) for (const episode of episodes) episode.scriptsChanged();
  }

  /** What blocks now, with its duration at this moment of the debuggee's clock. */
  ongoing(nowMs: number): ProcessSnapshot['blocked'] {
    if (!this.current?.group) return undefined;
    const { episode } = this.current;
    const { samples, entry } = episode.evidence;
    const { place } = episode.diagnosis;
    const blocked: ProcessSnapshot['blocked'] = {
      durationMs: this.lastingMs(episode, nowMs),
      stack: samples.latest.map((frame) => this.context.resolve(frame)),
    };
    if (place) blocked.site = this.context.resolve(place);
    if (entry !== 0) blocked.task = this.context.taskId(entry);
    return blocked;
  }

  /** In the order in which the sites were first seen. */
  warnings(nowMs: number): BlockingWarning[] {
    return this.groups.all().map((group) => this.shape.of(group, nowMs));
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
    const group = this.groups.all().find(({ id }) => id === warningId);
    const evidence = group?.episodes
      .map((episode) => episode.evidence)
      .findLast((one) => !one.recording.isEmpty && (seq ?? one.seq) === one.seq);
    if (!evidence) return undefined;
    const stretches = evidence.recording.read(evidence.durationMs);
    return cpuProfile(evidence.startedMs, stretches, (frame) => this.context.resolve(frame));
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
    const { evidence } = episode;
    const madeAt = this.attribute(episode, turn.entry);
    if (turn.microtasks) evidence.resumedAt(this.context.awaitOf(turn.entry));
    evidence.seen(turn, nowMs, nativeSinceMs, madeAt);
    evidence.lasted(this.durationMs(evidence.startedMs, nowMs));
    if (turn.stack) evidence.recording.add(turn.stack, evidence.turnMs, nativeSinceMs !== undefined);
    if (evidence.countedMs < this.thresholdMs || evidence.isStall(this.thresholdMs)) return;
    if (!episode.isOwn) return;
    episode.suffered = this.context.waiting(evidence.startedMs, nowMs, evidence.entry);
    const known = this.current.group;
    if (!known && !evidence.isHolding) return; // it is told when the turn ends
    evidence.settle();
    const wasOngoing = episode.ongoing;
    episode.ongoing = evidence.isHolding;
    this.current.group ??= this.groups.enter(episode);
    this.current.isOver = !episode.ongoing;
    if (!known || wasOngoing !== episode.ongoing) this.warn(this.current.group, nowMs);
  }

  private ended(block: WireBlock, nativeSinceMs: number | undefined): void {
    let one: Current = { episode: this.episodeOf(block) };
    if (this.current?.episode.evidence.seq === block.seq) {
      one = this.current;
      this.current = undefined;
    }
    const { episode } = one;
    const { evidence } = episode;
    this.attribute(episode, block.entry);
    evidence.closed(block, nativeSinceMs, this.context.frame(block.site));
    episode.suffered = this.context.waiting(evidence.startedMs, evidence.lastSeenMs, evidence.entry);
    this.hold(evidence.startedMs, evidence.lastSeenMs);
    this.finish(one);
  }

  /** Returns where the entry was made. */
  private attribute({ evidence }: BlockingEpisode, entry: number): WireFrame | undefined {
    if (entry === 0) return undefined;
    const madeAt = this.context.origin(entry);
    const named = this.context.namedTask(entry);
    evidence.ranFor(entry, madeAt, named && { id: this.context.taskId(named.entry), name: named.name });
    return madeAt;
  }

  /** Reports a turn that has ended, or forgets it when too little remains of it. */
  private finish(one: Current): void {
    const { episode, group: reported } = one;
    const { evidence } = episode;
    episode.ongoing = false;
    evidence.lasted(this.durationMs(evidence.startedMs, evidence.lastSeenMs));
    const { loaded } = evidence;
    if (this.thresholdMs > 0 && loaded.ms > 0) this.startUp.add(loaded.ms, loaded.places);
    const isLong = this.thresholdMs > 0 && evidence.countedMs >= this.thresholdMs;
    const isBlock = isLong && !evidence.isStall(this.thresholdMs);
    if (!isBlock || !episode.isOwn) {
      if (reported) this.groups.retract(reported, episode);
      if (isBlock) this.foreign.add(evidence.durationMs, episode.diagnosis.place);
      return;
    }
    const group = reported ?? this.groups.enter(episode);
    group.totalMs += evidence.durationMs;
    group.maxMs = Math.max(group.maxMs, evidence.durationMs);
    if (one.isOver !== true) this.warn(group, evidence.lastSeenMs);
  }

  private episodeOf(turn: WireTurn | WireBlock): BlockingEpisode {
    return new BlockingEpisode(turn, this.context, () => this.context.isServing());
  }

  private warn(group: BlockGroup, nowMs: number): void {
    this.context.onWarn(this.shape.of(group, nowMs));
  }

  private lastingMs({ evidence }: BlockingEpisode, nowMs: number): number {
    if (evidence.isDivided) return evidence.durationMs;
    return this.durationMs(evidence.startedMs, Math.max(nowMs, evidence.lastSeenMs));
  }

  private durationMs(fromMs: number, toMs: number): number {
    const { clock, pauses } = this.context;
    return Math.max(0, toMs - fromMs - pauses.withinMs(clock.toHost(fromMs), clock.toHost(toMs)));
  }
}

interface Current {
  episode: BlockingEpisode;
  /** Where it is reported. */
  group?: BlockGroup;
  /** What was reported was told to be over, though the turn went on. */
  isOver?: boolean;
}

const MAX_HELD = 100;
