import type { ProcessSnapshot, Site, TimedWarning } from '../../protocol/snapshot.js';
import type { Poll, WireFrame } from '../../protocol/wire.js';
import type { AwaitGraph } from '../tasks/awaitGraph.js';
import { BlockingEpisodes } from './blockingEpisodes.js';
import type { CpuProfile } from './cpuProfile.js';
import type { DebuggeeClock } from '../debuggeeClock.js';
import { LoopRounds } from './loopRounds.js';
import { namedTask } from './namedTask.js';
import type { Pauses } from './pauses.js';
import type { ScriptCode } from '../scriptCode.js';
import { ScriptCalls } from './scriptCalls.js';
import { SlowOperations } from './slowOperations.js';
import { SyncCalls } from './syncCalls.js';
import { TimedWarnings } from './timedWarnings.js';
import { waitingTasks } from './waitingTasks.js';

export interface LoopWatchContext {
  readonly session: string;
  readonly clock: DebuggeeClock;
  readonly pauses: Pauses;
  resolve(frame: WireFrame): Site;
  /** The code of a script as it runs; `undefined` while it is not known. */
  code(url: string): ScriptCode | undefined;
  taskId(entry: number): string;
  /** A warning has begun or ended. */
  onWarn(warning: TimedWarning): void;
}

/** What holds up the event loop of one debuggee, or keeps its operations from being fast. */
export class LoopWatch {
  private graph: AwaitGraph | undefined;
  private poolSize = 0;
  /** A server was seen to listen, or a request to come. */
  private isServing = false;
  private readonly episodes: BlockingEpisodes;
  private readonly timed: TimedWarnings;
  private readonly rounds: LoopRounds;
  private readonly operations: SlowOperations;
  private readonly syncCalls: SyncCalls;

  constructor(private readonly context: LoopWatchContext) {
    const calls = new ScriptCalls((url) => context.code(url));
    const frame = (site: number | undefined): WireFrame | undefined => this.graph?.frame(site);
    this.episodes = new BlockingEpisodes({
      ...context,
      find: (line) => calls.find(line),
      repeated: (line) => calls.repeated(line),
      callback: (made, inMicrotasks) => calls.callback(made, inMicrotasks),
      resumption: (head) => calls.resumption(head),
      awaitOf: (id) => frame(this.graph?.get(id)?.await),
      frame,
      origin: (id) => {
        const entry = this.graph?.get(id);
        return entry && frame(entry.site ?? entry.call);
      },
      isServing: () => this.isServing,
      namedTask: (id) => this.graph && namedTask(this.graph, id),
      waiting: (fromMs, toMs, entry) =>
        this.graph ? waitingTasks(this.graph, fromMs, toMs, entry) : { tasks: 0, worstDelayMs: 0 },
    });
    this.timed = new TimedWarnings(context);
    this.rounds = new LoopRounds(
      {
        frame,
        withoutPausesMs: (fromMs, durationMs) =>
          Math.max(0, durationMs - this.pausedMs(fromMs, fromMs + durationMs)),
      },
      this.timed,
    );
    this.operations = new SlowOperations(
      {
        place: (entry) => this.graph?.placeOf(entry),
        poolSize: () => this.poolSize,
        isQueued: (entry) => this.graph?.whyQueued(entry) !== undefined,
        freeMs: (fromMs, toMs) => this.freeMs(fromMs, toMs),
      },
      this.timed,
    );
    this.syncCalls = new SyncCalls(frame, this.timed);
  }

  /** A turn longer than this is a block. 0: none is, and nothing else is watched. */
  get thresholdMs(): number {
    return this.episodes.thresholdMs;
  }

  set thresholdMs(value: number) {
    this.episodes.thresholdMs = value;
  }

  /** Operations that take longer are told, and a pool that is full for longer. 0: neither is. */
  get slowOperationMs(): number {
    return this.operations.slowMs;
  }

  set slowOperationMs(value: number) {
    this.operations.slowMs = value;
  }

  get dropped(): number {
    return this.episodes.dropped + this.timed.dropped;
  }

  /** A conversation begins. */
  begin(graph: AwaitGraph, { poolSize }: { poolSize: number }): void {
    this.graph = graph;
    this.poolSize = poolSize;
    this.isServing = false;
    this.operations.clear();
  }

  /** The graph knows the entries of the poll, and those that it ends. `askedAtMs`: on the host's clock. */
  observe(poll: Poll, askedAtMs: number | undefined): void {
    const askedMs = askedAtMs === undefined ? poll.nowMs : this.context.clock.toDebuggee(askedAtMs);
    this.episodes.observe(poll, Math.min(askedMs, poll.nowMs));
    this.isServing ||= poll.entries.some(({ type }) => SERVES.has(type));
    this.rounds.observe(poll, this.thresholdMs);
    if (this.thresholdMs <= 0) return;
    this.graph?.update();
    this.operations.observe(poll);
    this.syncCalls.observe(poll);
  }

  /** The conversation is over: what goes on now is not heard of again. */
  end(): void {
    this.episodes.end();
    this.rounds.end();
    this.timed.end();
    this.operations.clear();
  }

  clear(): void {
    this.episodes.clear();
    this.timed.clear();
  }

  sitesChanged(): void {
    this.episodes.sitesChanged();
  }

  /**
   * How long it may not answer before that is told: most native calls have returned by then, and the answer has their line.
   * A start-up compiles much at once, and is no block.
   */
  get silenceMs(): number {
    return Math.max(this.thresholdMs, SILENT_MS);
  }

  /** What holds the loop at this moment of the debuggee's clock. */
  ongoing(nowMs: number): ProcessSnapshot['blocked'] {
    const blocked = this.episodes.ongoing(nowMs);
    if (blocked) return blocked;
    const round = this.rounds.ongoing;
    if (!round) return undefined;
    const { durationMs, what, frame } = round;
    return { durationMs, what, stack: [], ...(frame && { site: this.context.resolve(frame) }) };
  }

  warnings(nowMs: number): TimedWarning[] {
    return [...this.episodes.warnings(nowMs), ...this.timed.warnings()];
  }

  /** What is told beside the warnings. */
  aside(): Pick<ProcessSnapshot, 'startUp' | 'foreignBlocks'> {
    return this.episodes.aside();
  }

  /** A profile of one block, or of the latest one of a warning; `undefined` where nothing was seen of it. */
  profile(warningId: string, seq?: number): CpuProfile | undefined {
    return this.episodes.profile(warningId, seq);
  }

  /** Of a stretch of the debuggee's time, when neither a block nor the debugger held the loop. */
  freeMs(fromMs: number, toMs: number): number {
    return toMs - fromMs - this.episodes.heldMs(fromMs, toMs) - this.pausedMs(fromMs, toMs);
  }

  private pausedMs(fromMs: number, toMs: number): number {
    const { clock, pauses } = this.context;
    return pauses.withinMs(clock.toHost(fromMs), clock.toHost(toMs));
  }
}

const SILENT_MS = 1000;
const SERVES: ReadonlySet<string> = new Set(['TCPSERVERWRAP', 'PIPESERVERWRAP', 'HTTPSERVERREQUEST']);
