import { Emitter, type Event } from '../base/emitter.js';
import type { BlockingWarning, ProcessSnapshot, ProcessState, Site } from '../protocol/snapshot.js';
import type { Beat, Hello, WireFrame } from '../protocol/wire.js';
import { AwaitGraph } from './awaitGraph.js';
import { BlockingEpisodes } from './blockingEpisodes.js';
import { DebuggeeClock } from './debuggeeClock.js';
import { LoopHealth } from './loopHealth.js';
import { Pauses } from './pauses.js';
import { ProtocolError } from './protocolError.js';
import { TaskList } from './taskList.js';
import { readHello } from './wireReader.js';

/** Tells the place in the original source; falls back to the generated one. */
export interface SiteResolver {
  resolve(frame: WireFrame): Site;
}

export interface DebuggeeIdentity {
  session: string;
  name: string;
  /** Session of the process that started this one. */
  parent?: string;
}

/** Everything known of one debuggee, from what its agent says; `atMs` is always the host's clock. */
export class Debuggee {
  private greeting: Hello | undefined;
  private conversation: { graph: AwaitGraph; tasks: TaskList } | undefined;
  private dropped = { records: 0, sites: 0 };
  private readonly clock = new DebuggeeClock();
  private readonly pauses = new Pauses();
  private readonly loop = new LoopHealth();
  private readonly episodes: BlockingEpisodes;
  private readonly warned: Emitter<BlockingWarning>;
  private closed: { state: 'ended' | 'unavailable'; note?: string } | undefined;
  private silentSinceMs: number | undefined;
  /** Beats up to here were looked at for pauses. */
  private observedAtMs = 0;

  /** `onError`: a listener has failed. */
  constructor(
    readonly identity: DebuggeeIdentity,
    private readonly sites: SiteResolver,
    onError: (error: unknown) => void = () => {},
  ) {
    this.warned = new Emitter(onError);
    this.episodes = new BlockingEpisodes({
      session: identity.session,
      clock: this.clock,
      pauses: this.pauses,
      resolve: (frame) => this.sites.resolve(frame),
      taskId: this.taskId,
      origin: (id) => this.originOf(id),
      onWarn: (warning) => this.warned.fire(warning),
    });
  }

  /** Fires when a block starts being reported and, with the same id, when it ends. */
  get onDidWarn(): Event<BlockingWarning> {
    return this.warned.event;
  }

  /** A turn longer than this is a block. 0: none is. */
  get thresholdMs(): number {
    return this.episodes.thresholdMs;
  }

  set thresholdMs(value: number) {
    this.episodes.thresholdMs = value;
  }

  /** Begins a conversation, and forgets the entries of the last one. Throws a `ProtocolError`. */
  hello(value: Hello, atMs: number): void {
    const hello = readHello(value);
    const before = this.greeting;
    const same =
      before?.pid === hello.pid && before.threadId === hello.threadId && before.nowMs <= hello.nowMs;
    if (!same) {
      this.episodes.end();
      this.clock.reset();
    }
    this.closed = undefined;
    this.silentSinceMs = undefined;
    this.observedAtMs = atMs;
    this.clock.sync(hello.nowMs, atMs);
    this.loop.begin(hello.nowMs);
    const graph = new AwaitGraph((id) => tasks.changed(id));
    const tasks: TaskList = new TaskList(graph, hello.late, this.taskId, (site) => {
      const frame = graph.frame(site);
      return frame && this.sites.resolve(frame);
    });
    this.greeting = hello;
    this.conversation = { graph, tasks };
  }

  /** Throws a `ProtocolError`; then nothing of the beat was applied. A beat that was applied before is ignored. */
  apply(value: Beat, atMs: number): void {
    if (this.closed) return;
    if (!this.conversation)
      throw new ProtocolError('The program spoke before it was asked to. Restart the program.');
    const { graph } = this.conversation;
    const beat = graph.read(value);
    if (!beat) return;
    this.silentSinceMs = undefined;
    this.clock.sync(beat.nowMs, atMs);
    this.loop.observe(beat, this.pauses.withinMs(this.observedAtMs, atMs) > 0);
    this.observedAtMs = atMs;
    graph.put(beat);
    this.episodes.observe(beat);
    graph.remove(beat.ended);
    this.dropped = graph.dropped;
  }

  /** The debugger holds the program from now on. */
  paused(atMs: number): void {
    this.pauses.begin(atMs);
  }

  resumed(atMs: number): void {
    this.pauses.end(atMs);
  }

  /** A beat is unanswered since then: native code holds the loop. */
  silent(_atMs: number, sinceMs: number): void {
    this.silentSinceMs = sinceMs;
  }

  /** The program is gone; its warnings stay. */
  end(note?: string): void {
    this.close(note === undefined ? { state: 'ended' } : { state: 'ended', note });
  }

  /** There is nothing to show of it, for this reason. */
  unavailable(note: string): void {
    this.close({ state: 'unavailable', note });
  }

  /** Source maps have arrived. */
  sitesChanged(): void {
    this.conversation?.tasks.sitesChanged();
    this.episodes.sitesChanged();
  }

  clearWarnings(): void {
    this.episodes.clear();
  }

  snapshot(atMs: number): ProcessSnapshot {
    const { session, name, parent } = this.identity;
    const hello = this.greeting;
    const nowMs = this.clock.toDebuggee(atMs);
    const blocked = this.blocked(atMs, nowMs);
    const snapshot: ProcessSnapshot = {
      session,
      name,
      pid: hello?.pid ?? 0,
      threadId: hello?.threadId ?? 0,
      node: hello?.node ?? '',
      state: this.state(blocked !== undefined),
      tasks: this.conversation?.tasks.at(this.clock.toDebuggee(this.pauses.shownMs(atMs))) ?? [],
      warnings: this.episodes.warnings(nowMs),
      loop: this.loop.value(),
      dropped: { records: this.dropped.records + this.episodes.dropped, sites: this.dropped.sites },
    };
    if (parent !== undefined) snapshot.parent = parent;
    const note = this.closed ? this.closed.note : hello?.late ? LATE_NOTE : undefined;
    if (note !== undefined) snapshot.note = note;
    if (blocked) snapshot.blocked = blocked;
    return snapshot;
  }

  private readonly taskId = (entry: number): string => `${this.identity.session}:${entry}`;

  private close(closed: NonNullable<Debuggee['closed']>): void {
    this.closed ??= closed;
    this.conversation = undefined;
    this.silentSinceMs = undefined;
    this.episodes.end();
  }

  private state(blocked: boolean): ProcessState {
    if (this.closed) return this.closed.state;
    if (!this.conversation) return 'connecting';
    if (this.pauses.open) return 'paused';
    return blocked ? 'blocked' : 'running';
  }

  private blocked(atMs: number, nowMs: number): ProcessSnapshot['blocked'] {
    if (!this.conversation || this.pauses.open) return undefined;
    const ongoing = this.episodes.ongoing(nowMs);
    if (ongoing || this.silentSinceMs === undefined || this.thresholdMs <= 0) return ongoing;
    const durationMs = atMs - this.silentSinceMs - this.pauses.withinMs(this.silentSinceMs, atMs);
    return durationMs < this.thresholdMs ? undefined : { durationMs, stack: [] };
  }

  private originOf(id: number): WireFrame | undefined {
    const graph = this.conversation?.graph;
    const entry = graph?.get(id);
    return entry && graph?.frame(entry.site ?? entry.call);
  }
}

const LATE_NOTE = 'Attached while it was running: older tasks may be missing.';
