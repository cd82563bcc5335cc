/**
 * The calls of Node's synchronous functions by a server that is up, however short they are: each holds up all of
 * its requests. No event tells of them, so the functions are replaced, but only while somebody wants to know.
 */
import type { WireSyncCalls } from '../../protocol/wire.js';
import type { Channels } from '../resources/channels.js';
import { clockUs } from '../clocks/clock.js';
import type { Place } from '../stacks/place.js';
import { DEEPEST, type Stack } from '../stacks/stack.js';
import { type AnyFunction, SyncFunctions } from './syncFunctions.js';
import type { Turns } from '../eventLoop/turns.js';

/** Places and functions told apart from one poll to the next; what is more is counted without its place. */
const MAX_PLACES = 1_000;

/** No turn has this number: the server is not up yet, or was before any turn that can be told. */
const NOT_UP = -1;
const UP_LONG_SINCE = -2;

const activeResources = process.getActiveResourcesInfo.bind(process);
const call = Reflect.apply;

export class SyncCalls {
  private readonly watched: WatchedFunction[] = [];
  private readonly functions: SyncFunctions;
  private removeListener: (() => void) | undefined;
  /** The turn in which a server was first seen to listen. */
  private upInTurn = NOT_UP;
  /** A call goes on; those within it are part of it. */
  private isInside = false;
  private places = 0;
  errors = 0;

  constructor(
    private readonly stack: Stack,
    private readonly turns: Turns,
    private readonly channels: Channels,
  ) {
    this.functions = new SyncFunctions((name) => {
      const watched = new WatchedFunction(name, this);
      this.watched.push(watched);
      return watched;
    });
  }

  /** Never throws. */
  watch(isWanted: boolean): void {
    if (isWanted === (this.removeListener !== undefined)) return;
    try {
      if (isWanted) this.start();
      else this.stop();
    } catch {
      this.errors++;
    }
  }

  /** A call begins. True: it is to be counted, and `ends` must follow. */
  begins(): boolean {
    if (this.isInside || this.removeListener === undefined) return false;
    // a server that begins to listen goes on starting in that turn
    if (this.upInTurn === NOT_UP || this.upInTurn === this.turns.seq) return false;
    return (this.isInside = true);
  }

  ends(watched: WatchedFunction, durationUs: number): void {
    this.isInside = false;
    try {
      const { budget } = this.stack;
      if (!budget.take()) {
        budget.skipped++;
        this.count(watched, 0, durationUs);
        return;
      }
      const caller = callerAmong(this.stack.all(watched.apply, DEEPEST));
      budget.spent();
      if (caller !== null) this.count(watched, caller.id, durationUs);
    } catch {
      this.errors++;
    }
  }

  /** What was called since the last time. Looks whether the server is up, as well. */
  take(): WireSyncCalls[] {
    if (this.removeListener !== undefined && this.upInTurn === NOT_UP && isListening())
      this.upInTurn = this.turns.seq;
    if (this.places === 0) return [];
    this.places = 0;
    return this.watched.flatMap((watched) => watched.take());
  }

  private start(): void {
    // tells of servers that have no handle of their own, as in a cluster
    this.removeListener = this.channels.listen('http.server.request.start', () => {
      this.upInTurn = UP_LONG_SINCE;
    });
    this.functions.watch();
  }

  private stop(): void {
    this.removeListener?.();
    this.removeListener = undefined;
    this.functions.leave();
  }

  private count({ places, name }: WatchedFunction, site: number, durationUs: number): void {
    let calls = places.get(site);
    if (calls === undefined && this.places >= MAX_PLACES) calls = places.get((site = 0));
    if (calls === undefined) {
      this.places++;
      places.set(site, (calls = { call: name, site, count: 0, totalUs: 0, worstUs: 0 }));
    }
    calls.count++;
    calls.totalUs += durationUs;
    if (durationUs > calls.worstUs) calls.worstUs = durationUs;
  }
}

class WatchedFunction implements ProxyHandler<AnyFunction> {
  /** By site. */
  readonly places = new Map<number, WireSyncCalls>();

  constructor(
    readonly name: string,
    private readonly calls: SyncCalls,
  ) {}

  readonly apply = (original: AnyFunction, self: unknown, parameters: unknown[]): unknown => {
    const { calls } = this;
    if (!calls.begins()) return call(original, self, parameters);
    const startedUs = clockUs();
    try {
      return call(original, self, parameters);
    } finally {
      calls.ends(this, (clockUs() - startedUs) | 0);
    }
  };

  take(): WireSyncCalls[] {
    const taken = [...this.places.values()];
    this.places.clear();
    return taken;
  }
}

function isListening(): boolean {
  return activeResources().includes('TCPServerWrap');
}

/**
 * The first place of the program's own code, else of a package; none where Node has made the call, or a module is
 * being loaded.
 */
function callerAmong(places: readonly Place[]): Place | null {
  let caller: Place | null = null;
  for (const place of places) {
    if (place.isModuleLinker || (place.isInternal && caller === null)) return null;
    if (place.isInternal || place.isBuiltin) continue;
    if (caller === null || (caller.isDependency && !place.isDependency)) caller = place;
  }
  return caller;
}
