import type { HookCallbacks } from 'node:async_hooks';
import { threadId } from 'node:worker_threads';
import {
  type AgentApi,
  type AgentSettings,
  type FinalUpdate,
  ENDING,
  type Hello,
  PROTOCOL_VERSION,
  type SentPoll,
  type WireFrame,
  type WireTurn,
} from '../protocol/wire.js';
import { blockedStack } from './eventLoop/blockedStack.js';
import type { Above } from './stacks/capture.js';
import { nowMs } from './clocks/clock.js';
import { Executions } from './promises/executions.js';
import { Channels } from './resources/channels.js';
import { ClientRequests } from './resources/clientRequests.js';
import { EntryWriter } from './wire/entryWriter.js';
import { FetchRequests } from './resources/fetchRequests.js';
import { copyOf } from './realm/foreign.js';
import { takeBinding } from './realm/hostBinding.js';
import { ListeningServers } from './resources/listeningServers.js';
import { LiveList, targetOf } from './records/liveList.js';
import { createHook, findSourceMap, promiseHooks } from './realm/nodesFunctions.js';
import { hasNoPromiseHooks, letEngineCallOnly } from './promises/nodesPromiseHooks.js';
import { LibraryOperations } from './libraries/libraryOperations.js';
import { hidePromiseIds, promiseIdSymbols } from './promises/nodesPromiseIds.js';
import { endResource } from './resources/endResource.js';
import { olderTimers } from './resources/olderResources.js';
import { Operations } from './resources/operations.js';
import { PromiseHooks } from './promises/promises.js';
import { NamedResources, type ProgramFunctions } from './program/programFunctions.js';
import { type AsyncRecord, Flag, Kind } from './records/records.js';
import { Reactions } from './promises/reactions.js';
import { Recorder } from './recording/recorder.js';
import { Rejections } from './eventLoop/rejections.js';
import { ResourceHooks } from './resources/resources.js';
import { ServerRequests } from './resources/serverRequests.js';
import { isOver, UnobservedCompletions } from './resources/unobservedCompletions.js';
import { DEEPEST, Stack } from './stacks/stack.js';
import { SyncCalls } from './syncCalls/syncCalls.js';
import { hasNodesStackTraces, poolSize, programName, UNASKED } from './programFacts.js';
import { Turns } from './eventLoop/turns.js';
import { NumberWriter } from './wire/numberWriter.js';
import { wireEntry } from './wire/wireEntry.js';
import { wireRejection } from './wire/wireRejection.js';
import { wireTurn } from './wire/wireTurn.js';

/** Entries in one poll: keeps it to a few milliseconds of the program's time. */
const MAX_ENTRIES = 2_000;
const MAX_ENDED = 50_000;
/** More than these hold is not told of a program that ends. */
const MAX_LAST_POLLS = 100;
/** Old records looked at in one poll, and in one turn where no host polls. */
const SLICE = 2_000;
const TURN_SLICE = 200;
/** How often timers that were cleared are let go. */
const CLEARED_MS = 50;
/** Polls that follow each other at once have enough to tell: they look at no more than their time asks for. */
const SLICE_OF_MS = 20;
/** Without a poll for this long nobody is listening: the hooks are taken away until somebody is. */
const LONELY_MS = 60_000;
/** Results are kept no longer for a host that does not ask. */
const RESULT_MS = 1_000;

declare const __VERSION__: string;

/** Records what the program waits for, and tells it to a host that asks. */
export class Agent implements AgentApi {
  readonly protocol = PROTOCOL_VERSION;
  readonly version = __VERSION__;
  private readonly live = new LiveList(isOver);
  private readonly stack = new Stack();
  readonly recorder = new Recorder(() => this.stack.budget.skipped, new NumberWriter());
  private readonly executions = new Executions(this.recorder);
  private readonly turns: Turns;
  private readonly promises: PromiseHooks;
  private readonly resources: ResourceHooks;
  private readonly serverRequests: ServerRequests;
  private readonly clientRequests: ClientRequests;
  private readonly fetchRequests: FetchRequests;
  private readonly servers: ListeningServers;
  private readonly libraries: LibraryOperations;
  private readonly unobservedCompletions = new UnobservedCompletions(this.live);
  private readonly channels = new Channels(this.live);
  private readonly syncCalls: SyncCalls;
  private readonly reactions = new Reactions();
  private readonly named = new NamedResources(
    this.live,
    (above) => this.innermost(above),
    () => this.running,
  );
  private readonly rejections = new Rejections();
  private readonly entries = new EntryWriter();
  private readonly removeHooks: (() => void)[] = [];
  private running = false;
  hasHost = false;
  private seq = 0;
  /** The last message is being made. */
  private isEnding = false;
  private lastPollMs = 0;
  private clearedAtMs = 0;
  private olderTimers = 0;
  /** Where Node writes the ids of promises, if it cannot be told to leave promises out. */
  private readonly promiseIds: readonly symbol[];

  constructor(private late: boolean) {
    // asked first: to find out the other one leaves a hook behind for a moment
    const areAlone = hasNoPromiseHooks();
    this.promiseIds = promiseIdSymbols();
    this.turns = new Turns(this.onTurn, this.recorder);
    this.syncCalls = new SyncCalls(this.stack, this.turns, this.channels);
    this.promises = new PromiseHooks(this.live, this.executions, this.stack);
    const operations = new Operations(this.live, this.executions, this.stack, this.promises, this.recorder);
    this.serverRequests = new ServerRequests(this.live, this.executions, this.channels);
    this.clientRequests = new ClientRequests(this.live, this.executions, operations, this.channels);
    this.servers = new ListeningServers(operations, this.channels);
    this.fetchRequests = new FetchRequests(this.live, this.executions, operations, this.channels);
    this.libraries = new LibraryOperations(
      this.live,
      this.executions,
      this.promises,
      operations,
      this.channels,
      this.named,
    );
    this.resources = new ResourceHooks(
      this.live,
      this.executions,
      this.stack,
      this.promises,
      operations,
      this.serverRequests,
      this.clientRequests,
      this.turns,
      this.promiseIds.length === 0,
      this.recorder,
    );
    this.stack.budget.configure(0.1);
    this.start(areAlone);
  }

  connect(settings: AgentSettings): string {
    this.refuseWhileEnding();
    return JSON.stringify(this.greet(settings));
  }

  private greet(settings: AgentSettings): Hello {
    takeBinding();
    if (!this.running) this.start(hasNoPromiseHooks());
    this.hasHost = true;
    this.configure(settings);
    this.seq = 0;
    this.lastPollMs = nowMs();
    this.live.forgetSent();
    this.unobservedCompletions.forget();
    this.entries.take(); // of a poll that failed
    this.stack.places.forgetSent();
    return {
      kind: 'hello',
      protocol: PROTOCOL_VERSION,
      version: this.version,
      pid: process.pid,
      threadId,
      node: process.version,
      late: this.late,
      nowMs: this.lastPollMs,
      poolSize: poolSize(),
      ...(this.olderTimers === 0 ? {} : { olderTimers: this.olderTimers }),
      ...programName(),
    };
  }

  configure(settings: AgentSettings): void {
    this.turns.thresholdMs = settings.thresholdMs;
    this.turns.collections.end(nowMs());
    this.stack.budget.configure(settings.siteBudget);
    this.stack.few.configure(settings.hasDebugger === true);
    this.watchSyncCalls(settings.syncCalls === true);
    // who tells of a program that ends asks for nothing more of it
    this.libraries.listen(this.isEnding ? 'off' : (settings.libraries ?? 'safe'));
    this.recorder.configure(settings.recordingSeconds ?? 0);
  }

  recording(from: number): string {
    this.refuseWhileEnding();
    return JSON.stringify(this.recorder.read(from));
  }

  watchSyncCalls(isWanted: boolean): void {
    this.syncCalls.watch(isWanted);
  }

  readonly poll = (): string => {
    this.refuseWhileEnding();
    const atMs = nowMs();
    const turn = wireTurn(this.turns, this.executions, atMs);
    if (turn?.stack !== undefined) {
      turn.stack = blockedStack(this.poll);
      turn.cpuMs = this.turns.cpuMs();
      if (this.turns.nodeParts > 0) turn.nodeParts = this.turns.nodeParts;
      if (turn.microtasks && this.executions.running === null) turn.runs = this.reactions.look();
      const collections = this.turns.collections.time(atMs);
      if (collections !== undefined) turn.collections = collections;
    }
    return JSON.stringify(this.nextPoll(atMs, turn));
  };

  /** What the program itself may call. */
  programFunctions(): ProgramFunctions {
    return this.named.functions();
  }

  settled(): (number | object)[] {
    // the debugger shows an error with its stack, and would run the program's own code to write that
    return hasNodesStackTraces() ? this.live.takeSettled() : [];
  }

  sourceMap(url: string): string {
    return JSON.stringify(copyOf(findSourceMap(url)?.payload ?? null));
  }

  endResource(id: number): boolean {
    const record = this.live.find(id);
    return record !== undefined && endResource(record);
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    this.turns.collections.end(nowMs());
    this.reactions.stop();
    for (const remove of this.removeHooks.splice(0)) remove();
    this.watchSyncCalls(false);
    this.libraries.listen('off');
    this.recorder.configure(0);
    this.live.clear();
    this.unobservedCompletions.forget();
    this.executions.forgetAll();
    this.promises.forgetAll();
    this.resources.forgetAll();
    this.late = true;
    this.seq = -1;
  }

  finalUpdate(code?: number, stack?: WireFrame[]): string {
    this.isEnding = true;
    try {
      const hello = this.hasHost ? undefined : this.greet(UNASKED);
      const atMs = nowMs();
      this.turns.exit(atMs);
      const polls: SentPoll[] = [];
      do polls.push(this.nextPoll(atMs, undefined));
      while (polls.at(-1)?.more === true && polls.length < MAX_LAST_POLLS);
      const finalUpdate: FinalUpdate = {
        kind: 'finalUpdate',
        polls,
        ...(stack === undefined ? {} : { stack }),
        ...(this.recorder.isFollowed ? { recording: this.recorder.readRest() } : {}),
        ...(hello === undefined ? {} : { hello }),
        ...(code === undefined ? {} : { code }),
      };
      return JSON.stringify(finalUpdate);
    } finally {
      this.isEnding = false;
    }
  }

  /**
   * V8 answers the host between any two calls, so a question can come in the middle of the last message. Both would take
   * of the same lists and write into the same rows.
   */
  private refuseWhileEnding(): void {
    if (this.isEnding) throw new Error(ENDING);
  }

  /** The debugger asks while it holds the program: below its question are the frames where it stands. */
  readonly current = (): number => this.innermost(this.current)?.id ?? 0;

  /** The task that stands on the call stack of `above`, or what else runs there; `null` where it is not known. */
  private innermost(above: Above): AsyncRecord | null {
    const { open, current, seen, resumedUnseen } = this.executions;
    if (!seen) return null;
    return (
      this.promises.calls.taskAt(this.stack.all(above, DEEPEST), above, DEEPEST) ??
      (open === null && !resumedUnseen ? current : null)
    );
  }

  /** @param areAlone nobody else listens to promises */
  private readonly start = (areAlone: boolean): void => {
    this.running = true;
    this.lastPollMs = nowMs();
    if (this.late) this.attachMidExecution(this.start);
    const hooks = this.promises.install();
    const removePromiseHooks = promiseHooks.createHook(hooks) as unknown as () => void;
    this.removeHooks.push(removePromiseHooks);
    const hook = createHook({ ...this.resources.install(), trackPromises: false } as HookCallbacks).enable();
    if (areAlone && this.promiseIds.length > 0 && !letEngineCallOnly(hooks))
      this.removeHooks.push(hidePromiseIds(this.promiseIds, hook));
    this.removeHooks.push(
      () => hook.disable(),
      this.serverRequests.install(),
      this.clientRequests.install(),
      this.fetchRequests.install(),
      this.servers.install(),
    );
    // last, so that the program is not blamed for what this has taken
    if (this.late) this.turns.attachMidExecution(blockedStack(this.start).length > 0);
  };

  /** The program runs already: it may stand in calls that were not seen, and has things open. */
  private attachMidExecution(above: Above): void {
    this.executions.attachMidExecution(this.stack.depth(above));
    try {
      this.olderTimers = olderTimers();
      this.resources.findOlder();
    } catch {
      // what is older is then not shown, as promises are not
    }
  }

  private nextPoll(atMs: number, turn: WireTurn | undefined): SentPoll {
    const slice = Math.min(SLICE, (atMs - this.lastPollMs) * SLICE_OF_MS);
    this.lastPollMs = atMs;
    this.stack.budget.refill(atMs);
    this.recorder.refill(atMs);
    this.resources.findLasting();
    this.serverRequests.refresh();
    this.named.refresh();
    this.libraries.look(atMs);
    this.unobservedCompletions.sweep();
    this.live.letGo(atMs, slice);
    this.live.findEnded(slice);
    // that its callback runs has no other event
    if (this.executions.current !== null) this.live.markDirty(this.executions.current);
    const moreEntries = this.live.take(MAX_ENTRIES, (record) => {
      if (record.kind === Kind.Resource && isOver(record, targetOf(record))) {
        this.live.end(record);
        return;
      }
      if ((record.flags & Flag.Hidden) !== 0) return;
      if (record.kind === Kind.Resource) this.servers.place(record);
      const entry = wireEntry(record, this.executions);
      this.unobservedCompletions.watch(record, entry.detail?.host !== undefined);
      this.entries.put(entry);
    });
    const ended = this.live.takeEnded(MAX_ENDED);
    const collected = this.live.takeCollected(MAX_ENDED);
    const syncCalls = this.syncCalls.take();
    const isReadable = hasNodesStackTraces();
    const rejections = this.rejections.take().map((rejection) => wireRejection(rejection, isReadable));
    const handled = this.rejections.takeHandled();
    const { places, budget } = this.stack;
    return {
      kind: 'poll',
      seq: ++this.seq,
      nowMs: atMs,
      scripts: places.takeNewScripts(),
      sites: places.takeNewSites(),
      entries: this.entries.take(),
      ended,
      ...(collected.length === 0 ? {} : { collected }),
      ...(turn === undefined ? {} : { turn }),
      settled: this.live.turnSettled(),
      blocks: this.turns.takeBlocks(),
      ...(syncCalls.length === 0 ? {} : { syncCalls }),
      ...(rejections.length === 0 ? {} : { rejections }),
      ...(handled.length === 0 ? {} : { handled }),
      more: moreEntries || this.live.hasEnded,
      dropped: {
        records: this.live.dropped + this.turns.dropped + this.errors,
        sites: budget.skipped + places.dropped,
        ...(this.promises.records.unrecorded > 0 && { promises: this.promises.records.unrecorded }),
      },
      loop: {
        ...this.turns.takeLoop(atMs),
        made: { promises: this.promises.takeMade(), resources: this.resources.takeMade() },
      },
    };
  }

  private readonly onTurn = (atMs: number): void => {
    this.stack.budget.refill(atMs);
    this.recorder.refill(atMs);
    this.live.letGo(atMs, TURN_SLICE);
    if (atMs - this.clearedAtMs > CLEARED_MS) {
      this.clearedAtMs = atMs;
      this.resources.letGoOfCleared();
    }
    if (atMs - this.lastPollMs > RESULT_MS) this.live.turnSettled();
    if (atMs - this.lastPollMs > LONELY_MS) this.stop();
  };

  private get errors(): number {
    return this.promises.errors + this.resources.errors + this.channels.errors + this.syncCalls.errors;
  }
}
