import { Emitter, type Event } from '../base/emitter.js';
import type {
  Ending,
  Finding,
  ProcessSnapshot,
  ProcessState,
  Site,
  TimedWarning,
} from '../protocol/snapshot.js';
import type { FinalUpdate, Hello, Poll, WireFrame } from '../protocol/wire.js';
import { AwaitGraph } from './tasks/awaitGraph.js';
import type { CpuProfile } from './blocking/cpuProfile.js';
import { DebuggeeClock } from './debuggeeClock.js';
import { type EndingFrame, endingOf } from './ending.js';
import { EndedTasks, type TaskOutcome } from './tasks/endedTasks.js';
import { Findings } from './findings/findings.js';
import { LoopHealth } from './blocking/loopHealth.js';
import { LoopWatch } from './blocking/loopWatch.js';
import { Pauses } from './blocking/pauses.js';
import { AwaitedTexts } from './tasks/awaitedTexts.js';
import { lateNote } from './lateNote.js';
import { type DebuggerFrame, pausedAt, type PausedFrame, pausedFrames, taskAtFrame } from './pausedAt.js';
import type { SiteResolver } from './siteResolver.js';
import { setTasks, type TaskHistory } from './tasks/taskHistory.js';
import { TaskList } from './tasks/taskList.js';

export interface DebuggeeIdentity {
  session: string;
  name: string;
  /** The name tells nothing of the program: that of its file takes its place. */
  isUnnamed?: boolean;
  /** Session of the process that started this one. */
  parent?: string;
}

/** More outcomes than this are not kept. */
const MAX_OUTCOMES = 100_000;

/** Everything known of one debuggee, from what its agent says; `atMs` is always the host's clock. */
export class Debuggee {
  /** How long a task that has ended stays. 0: it goes at once. */
  retentionMs = 0;
  /** So many new tasks, and known ones with better places, are taken into a snapshot at most; its `backlog` tells how many are to come. */
  tasksAtOnce = Infinity;
  private greeting: Hello | undefined;
  private conversation: { graph: AwaitGraph; tasks: TaskList; ended: EndedTasks } | undefined;
  private dropped: ProcessSnapshot['dropped'] = { records: 0, sites: 0 };
  private readonly clock = new DebuggeeClock();
  private readonly pauses = new Pauses();
  private readonly loop = new LoopHealth();
  private readonly watch: LoopWatch;
  private readonly findings: Findings;
  private readonly warned: Emitter<TimedWarning>;
  private readonly found: Emitter<Finding>;
  private closed: { state: 'ended' | 'unavailable'; note?: string } | undefined;
  private lastEnding: EndingFrame | undefined;
  private silentSinceMs: number | undefined;
  /** The stack of the present pause: as the debugger told it, and with what the program has told since. */
  private pausedIn: readonly DebuggerFrame[] = [];
  private pausedFrames: readonly PausedFrame[] = [];
  /** Of the conversation that began last, also when it is over. */
  private frames: readonly WireFrame[] = [];
  /** How tasks came to their end, where that is known. */
  readonly outcomes = new Map<number, 'fulfilled' | 'rejected'>();
  /** Polls up to here were looked at for pauses. */
  private observedAtMs = 0;

  /** `onError`: a listener has failed. */
  constructor(
    readonly identity: DebuggeeIdentity,
    private readonly sites: SiteResolver,
    onError: (error: unknown) => void = () => {},
  ) {
    this.warned = new Emitter(onError);
    this.found = new Emitter(onError);
    this.watch = new LoopWatch({
      session: identity.session,
      clock: this.clock,
      pauses: this.pauses,
      resolve: (frame) => this.sites.resolve(frame),
      code: (url) => this.sites.code?.(url),
      taskId: this.taskId,
      onWarn: (warning) => this.warned.fire(warning),
    });
    this.findings = new Findings({
      session: identity.session,
      resolve: (frame) => this.sites.resolve(frame),
      taskId: this.taskId,
      onFound: (finding) => this.found.fire(finding),
    });
  }

  /** Fires when something starts being reported and, with the same id, when it ends. */
  get onDidWarn(): Event<TimedWarning> {
    return this.warned.event;
  }

  /** Fires when something has been found and, with the same id, when there is much more of it. */
  get onDidFind(): Event<Finding> {
    return this.found.event;
  }

  /** A turn longer than this is a block. 0: none is. */
  get thresholdMs(): number {
    return this.watch.thresholdMs;
  }

  set thresholdMs(value: number) {
    this.watch.thresholdMs = value;
  }

  /** Name lookups and work in the thread pool that take longer are told. 0: none are. */
  get slowOperationMs(): number {
    return this.watch.slowOperationMs;
  }

  set slowOperationMs(value: number) {
    this.watch.slowOperationMs = value;
  }

  /** A task that awaits one thing for longer is told. 0: none is. */
  get slowTaskMs(): number {
    return this.findings.settings.slowAfterMs;
  }

  set slowTaskMs(value: number) {
    this.findings.settings.slowAfterMs = value;
  }

  /** Begins a conversation, and forgets the entries of the last one. */
  hello(hello: Hello, atMs: number): void {
    const before = this.greeting;
    const same =
      before?.pid === hello.pid && before.threadId === hello.threadId && before.nowMs <= hello.nowMs;
    if (!same) {
      this.watch.end();
      this.clock.reset();
    }
    this.closed = undefined;
    this.lastEnding = undefined;
    this.silentSinceMs = undefined;
    this.observedAtMs = atMs;
    this.clock.sync(hello.nowMs, atMs);
    this.loop.begin(hello.nowMs);
    const { pid, late, poolSize } = hello;
    const graph = new AwaitGraph((id) => tasks.changed(id), { poolSize });
    const resolve = (site: number): Site | undefined => {
      const frame = graph.frame(site);
      return frame && this.sites.resolve(frame);
    };
    const texts = new AwaitedTexts(
      (site) => graph.frame(site),
      (url) => this.sites.code?.(url),
    );
    const tasks: TaskList = new TaskList(graph, {
      pid,
      late,
      taskId: this.taskId,
      resolve,
      awaitedText: (site) => texts.at(site),
    });
    const ended = new EndedTasks((entry, nowMs) => tasks.one(entry, nowMs));
    this.greeting = hello;
    this.conversation = { graph, tasks, ended };
    this.frames = graph.places;
    this.watch.begin(graph, { poolSize });
    this.findings.begin(
      {
        graph,
        isLate: hello.late,
        task: (entry) => tasks.one(entry, entry.bornMs),
        code: (url) => this.sites.code?.(url),
        freeMs: (fromMs, toMs) => this.watch.freeMs(fromMs, toMs),
      },
      !same,
    );
  }

  /** Takes in the next poll of a conversation. `askedAtMs`: when the program was asked for it. */
  apply(poll: Poll, atMs: number, askedAtMs?: number): void {
    if (!this.conversation) return;
    const { graph, ended } = this.conversation;
    this.silentSinceMs = undefined;
    this.clock.sync(poll.nowMs, atMs);
    this.loop.observe(poll, this.pauses.withinMs(this.observedAtMs, atMs) > 0);
    this.observedAtMs = atMs;
    if (this.pausedIn.length > 0 && poll.turn?.stack)
      this.pausedFrames = pausedFrames(poll.turn.stack, this.pausedIn);
    graph.put(poll);
    this.watch.observe(poll, askedAtMs);
    this.findings.observe(poll);
    if (this.retentionMs > 0 && poll.settled > 0) {
      ended.end(
        poll.ended.flatMap((id) => graph.get(id) ?? []),
        poll.nowMs,
      );
    }
    graph.remove(poll);
    if (!poll.more) this.findings.look(poll.nowMs);
    this.dropped = graph.dropped;
  }

  /** How tasks that the last poll has ended came to their end. */
  settled(outcomes: readonly TaskOutcome[]): void {
    for (const { entry, state } of outcomes) this.outcomes.set(entry, state);
    for (const entry of this.outcomes.keys()) {
      if (this.outcomes.size <= MAX_OUTCOMES) break;
      this.outcomes.delete(entry);
    }
    this.conversation?.ended.settled(outcomes);
  }

  /** It has sent its final update. */
  ending(finalUpdate: Pick<FinalUpdate, 'code' | 'stack'>): void {
    this.lastEnding = endingOf(finalUpdate);
    if (this.conversation) this.findings.atEnd(this.lastEnding);
  }

  /** The places that the program has named, by their indexes. */
  places(): (Site | undefined)[] {
    return this.frames.map((frame, index) => (index === 0 ? undefined : this.sites.resolve(frame)));
  }

  /** Names that the program gave its tasks, by their entries. */
  givenNames(): Map<number, string> {
    const names = new Map<number, string>();
    for (const { id, name } of this.conversation?.graph.entries() ?? [])
      if (name !== undefined) names.set(id, name);
    return names;
  }

  /** Add to a time of the program to get that of the host. */
  get offsetMs(): number {
    return this.clock.toHost(0);
  }

  /** The debugger holds the program from now on, with these frames on the stack, top first. */
  paused(atMs: number, frames: readonly DebuggerFrame[] = []): void {
    this.pauses.begin(atMs);
    this.pausedIn = frames;
    this.pausedFrames = [];
  }

  resumed(atMs: number): void {
    this.pauses.end(atMs);
    this.pausedIn = [];
    this.pausedFrames = [];
  }

  /** A poll is unanswered since then: native code holds the loop. */
  silent(_atMs: number, sinceMs: number): void {
    this.silentSinceMs = sinceMs;
  }

  /** A poll has been unanswered for longer than the threshold. */
  isSilent(atMs: number): boolean {
    return this.silentSinceMs !== undefined && this.blocked(atMs, this.clock.toDebuggee(atMs)) !== undefined;
  }

  /** The connection was lost; the program may still be there. */
  disconnected(): void {
    if (this.closed) return;
    this.conversation = undefined;
    this.silentSinceMs = undefined;
    this.watch.end();
    this.findings.end();
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
    this.conversation?.ended.sitesChanged();
    this.watch.sitesChanged();
    this.findings.textRead();
  }

  /** A profile of the block `seq` of a warning, or of its latest; `undefined` where nothing was seen of it. */
  profile(warningId: string, seq?: number): CpuProfile | undefined {
    return this.watch.profile(warningId, seq);
  }

  /** Adds a finding that tells what keeps the program running. */
  tellWhyAlive(): void {
    this.findings.tellWhyAlive();
  }

  clearWarnings(): void {
    this.watch.clear();
    this.findings.clear();
  }

  /** A task that has not changed is the same object as in the last snapshot, only older. */
  snapshot(atMs: number): ProcessSnapshot {
    const { session, parent } = this.identity;
    const hello = this.greeting;
    const name = (this.identity.isUnnamed === true && hello?.program) || this.identity.name;
    const nowMs = this.clock.toDebuggee(atMs);
    const blocked = this.blocked(atMs, nowMs);
    const history = this.history(this.clock.toDebuggee(this.pauses.shownMs(atMs)));
    const snapshot: ProcessSnapshot = {
      session,
      name,
      pid: hello?.pid ?? 0,
      threadId: hello?.threadId ?? 0,
      node: hello?.node ?? '',
      state: this.state(blocked !== undefined),
      tasks: [],
      warnings: [...this.watch.warnings(nowMs), ...this.findings.findings()],
      ...this.watch.aside(),
      loop: this.loop.value(),
      dropped: {
        ...this.dropped,
        records: this.dropped.records + this.watch.dropped + this.findings.dropped,
      },
    };
    if (history) setTasks(snapshot, history);
    if (parent !== undefined) snapshot.parent = parent;
    if (hello !== undefined) snapshot.nowMs = nowMs;
    const note = this.closed ? this.closed.note : hello?.late ? lateNote(hello) : undefined;
    if (note !== undefined) snapshot.note = note;
    if (blocked) snapshot.blocked = blocked;
    if (history && snapshot.state === 'paused' && this.pausedFrames.length > 0)
      snapshot.paused = pausedAt(this.pausedFrames, history.pieces, (frame) => this.sites.resolve(frame));
    if (this.lastEnding) snapshot.ending = this.publicEnding(this.lastEnding);
    const backlog = this.conversation?.tasks.backlog ?? 0;
    if (backlog > 0) snapshot.backlog = backlog;
    return snapshot;
  }

  /** The task that stands at a line of the stack, or awaits there; `undefined` where that is not one alone. */
  taskAtFrame(place: Pick<Site, 'file' | 'line'>, atMs: number): string | undefined {
    const history = this.history(this.clock.toDebuggee(this.pauses.shownMs(atMs)));
    if (!history) return undefined;
    return taskAtFrame(place, this.pausedFrames, history.pieces, (frame) => this.sites.resolve(frame));
  }

  private history(nowMs: number): TaskHistory | undefined {
    if (!this.conversation) return undefined;
    const { tasks, ended } = this.conversation;
    tasks.update(nowMs, this.tasksAtOnce);
    return { of: this.conversation, nowMs, pieces: tasks.with(ended.at(nowMs, this.retentionMs)) };
  }

  private publicEnding({ frame, ...ending }: EndingFrame): Ending {
    const site = frame && this.sites.resolve(frame);
    return { ...ending, ...(site && { site }) };
  }

  /** Id of the task that an entry of the agent is. */
  readonly taskId = (entry: number): string => `${this.identity.session}:${entry}`;

  /** The entry of the agent that a task is; `undefined` for one of another program. */
  entryOf(task: string): number | undefined {
    const start = this.taskId(0).slice(0, -1);
    const entry = task.startsWith(start) ? Number(task.slice(start.length)) : NaN;
    return Number.isSafeInteger(entry) ? entry : undefined;
  }

  private close(closed: NonNullable<Debuggee['closed']>): void {
    this.closed ??= closed;
    this.conversation = undefined;
    this.silentSinceMs = undefined;
    this.watch.end();
    this.findings.end();
  }

  private state(blocked: boolean): ProcessState {
    if (this.closed) return this.closed.state;
    if (!this.conversation) return 'connecting';
    if (this.pauses.open) return 'paused';
    return blocked ? 'blocked' : 'running';
  }

  private blocked(atMs: number, nowMs: number): ProcessSnapshot['blocked'] {
    if (!this.conversation || this.pauses.open) return undefined;
    const ongoing = this.watch.ongoing(nowMs);
    if (ongoing || this.silentSinceMs === undefined || this.thresholdMs <= 0) return ongoing;
    const durationMs = atMs - this.silentSinceMs - this.pauses.withinMs(this.silentSinceMs, atMs);
    return durationMs < this.watch.silenceMs ? undefined : { durationMs, stack: [] };
  }
}
