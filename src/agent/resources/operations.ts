/** Finds where an operation was started and which promise it will settle, from the stack at its start. */
import { type Above, captureStack } from '../stacks/capture.js';
import { clockUs } from '../clocks/clock.js';
import type { Executions } from '../promises/executions.js';
import type { LiveList } from '../records/liveList.js';
import type { PromiseHooks } from '../promises/promises.js';
import { type AsyncRecord, extraOf, Flag, Kind } from '../records/records.js';
import type { Place } from '../stacks/place.js';
import type { Recorder } from '../recording/recorder.js';
import type { Stack } from '../stacks/stack.js';

export class Operations {
  constructor(
    private readonly live: LiveList,
    private readonly executions: Executions,
    private readonly stack: Stack,
    private readonly promises: PromiseHooks,
    private readonly recorder: Recorder,
  ) {}

  /** `fs.promises` makes its promise in native code just before the request that settles it. */
  settlesLastNative(operation: AsyncRecord): boolean {
    const promise = this.promises.lastNative;
    if (promise === null || (promise.flags & Flag.Ended) !== 0) return false;
    this.promises.takeNative();
    this.settles(operation, promise);
    operation.site = promise.site;
    return true;
  }

  /** Where it was started and what it settles, if the budget allows a stack. */
  start(operation: AsyncRecord, hook: Above, depth: number): void {
    if (this.begin(operation))
      this.locate(operation, captureStack(hook, this.stack.wanted(hook, depth)), depth, hook);
    if (this.recorder.isOn) this.recorder.operationBegan(operation, clockUs());
  }

  /** What can be said of it without a stack. True: the budget allows one, and `locate` must follow. */
  begin(operation: AsyncRecord): boolean {
    if (this.stack.budget.take()) return true;
    const { thenables } = this.promises;
    if (this.executions.open === null) {
      thenables.add(operation);
    } else {
      operation.by = 0;
      thenables.missed();
    }
    this.skip();
    return false;
  }

  /** Neither the place of an operation that starts now nor what it settles could be found. */
  get isBlind(): boolean {
    return !this.stack.budget.isLeft() && !this.promises.thenables.isAsking;
  }

  /** An operation starts without a stack. */
  skip(): void {
    this.stack.budget.skipped++;
    this.missed();
  }

  /** `frames`: the stack above `hook`, `depth` of it the program's. */
  locate(operation: AsyncRecord, frames: NodeJS.CallSite[], depth: number, hook: Above): void {
    const { executions, promises, stack } = this;
    const places = stack.allFrom(frames, hook, depth);
    setCaller(operation, places, executions.current);
    const task = executions.open === null ? null : promises.calls.taskAt(places, hook, depth);
    operation.by = promises.calls.idOf(task);
    const promise = this.promiseAround(places);
    if (promise !== null) this.settles(operation, promise);
    else if (task === null) promises.thenables.add(operation);
    else if (task === undefined) promises.thenables.missed();
    stack.budget.spent();
  }

  /** Site id of the program's or a package's code that is on the call stack; 0: none, or no stack may be taken. */
  placeHere(hook: Above, depth: number): number {
    const { stack } = this;
    if (!stack.budget.take()) return 0;
    const places = stack.all(hook, depth);
    stack.budget.spent();
    return (places.find(isOwn) ?? places.find(isForeign))?.id ?? 0;
  }

  /** Of an operation it is not known whether it settles the last `new Promise`. */
  missed(): void {
    this.promises.records.markIncomplete(this.promises.news.last);
  }

  /** The `new Promise` in whose executor the operation is started, or what `fetch` returns. */
  private promiseAround(places: Place[]): AsyncRecord | null {
    const { news, lastFetch } = this.promises;
    const { last, lastPlace } = news;
    const isPending = last !== null && (last.flags & Flag.Ended) === 0;
    let found: AsyncRecord | null = null;
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as Place;
      if (place.isFetch) return isUnclaimed(lastFetch) && this.executions.seen ? lastFetch : null;
      if (found !== null) continue;
      const isExecutor = place.isBuiltin && place.isConstructor && place.name === 'Promise';
      if (isExecutor) found = news.at(places[i + 1]);
      else if (isPending && lastPlace !== null && isAfterResolvers(last, lastPlace, place)) found = last;
    }
    return found;
  }

  /** The promise waits for the operation: as far as can be seen that will settle it. */
  private settles(operation: AsyncRecord, promise: AsyncRecord): void {
    const extra = extraOf(promise);
    (extra.inputs ??= []).push(operation);
    extraOf(operation).settles = promise;
    if (this.recorder.isOn) this.recorder.settlesPromise(operation, promise);
    this.live.markDirty(promise);
  }
}

/**
 * The place that started it, the program's own if there is one, the package's that was called there, and Node's function
 * that was called by either. What Node itself starts in a callback of an operation belongs to the place of that.
 */
function setCaller(operation: AsyncRecord, places: Place[], current: AsyncRecord | null): void {
  let entrance = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as Place;
    if (place.isBuiltin) continue;
    if (isForeign(place)) {
      const own = place.isDependency ? places.find(isOwn) : undefined;
      operation.site = (own ?? place).id;
      const extra = extraOf(operation);
      extra.call = entrance;
      if (place.isDependency) extra.through = place.id;
      return;
    }
    if (operation.site === 0) operation.site = place.id;
    entrance = place.id;
  }
  const through = current !== null && current.kind === Kind.Resource ? current.site : 0;
  if (through === 0) return;
  operation.site = through;
  extraOf(operation).through = current?.extra?.through ?? 0;
}

/** Not Node's. */
function isForeign(place: Place): boolean {
  return !place.isBuiltin && !place.isInternal;
}

function isOwn(place: Place): boolean {
  return isForeign(place) && !place.isDependency;
}

/** A call of `fetch` inside another one, by a getter of its options, would have claimed it. */
function isUnclaimed(promise: AsyncRecord | null): boolean {
  return promise !== null && (promise.flags & Flag.Ended) === 0 && (promise.extra?.inputs ?? null) === null;
}

/** After `Promise.withResolvers()`, in the same function: what is started there is taken to resolve it. */
function isAfterResolvers(promise: AsyncRecord, made: Place, place: Place): boolean {
  return (
    promise.extra?.type === 'Promise.withResolvers' && place.fn === made.fn && place.position > made.position
  );
}
