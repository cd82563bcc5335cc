/**
 * What the debugger's question cannot see: V8 answers it between two functions of JavaScript, but a native call
 * that is the last thing in a callback, `JSON.parse` or a garbage collection ends first. V8's own profiler looks
 * from another thread. It runs in a session of its own, beside the user's, and is read after a block only.
 *
 * V8 walks the whole heap to begin the first profile of a session, but none that begins before the last has
 * ended. So there is always one: the next begins before the last is read. Only profiles of the console can overlap.
 */
import type * as inspector from 'node:inspector';
import { getHeapStatistics } from 'node:v8';
import type { WireProfile } from '../protocol/wire.js';
import { nowMs } from './clock.js';
import { type CpuProfile, readProfile } from './profileReader.js';

/** So many samples in the time of the threshold; they cost an idle program most, so they are as few as will do. */
const SAMPLES = 4;
const MIN_INTERVAL_MS = 10;
const MAX_INTERVAL_MS = 50;
/** The next sample may come so much later. */
const JITTER = 1.2;
/** Reading takes this share of the time at most. */
const MAX_SHARE = 0.02;
/** Samples that nobody asked for are thrown away so often. */
const KEPT_MS = 60_000;
const MAX_WINDOWS = 20;
/** To begin takes about a millisecond for each megabyte: too long a pause for a larger program. */
const MAX_HEAP_BYTES = 100 * 1024 * 1024;
const TITLE = 'Async Debugger';

/** Taken before the program can replace it. Builds of Node without an inspector do not have the module. */
const { getBuiltinModule } = process as { getBuiltinModule?: (id: string) => unknown };
const load = getBuiltinModule?.bind(process) ?? (typeof require === 'function' ? require : undefined);
/** V8's own, which tell sessions and print nothing. */
const v8Console: Partial<Console> = globalThis.console;
const beginProfile = v8Console.profile?.bind(v8Console);
const endProfile = v8Console.profileEnd?.bind(v8Console);

interface Window {
  seq: number;
  fromMs: number;
  toMs: number;
}

export class Sampler {
  private session: inspector.Session | null | undefined;
  private intervalUs = 0;
  /** Of the profile that goes on; 0: none does. */
  private count = 0;
  private startedMs = 0;
  private windows: Window[] = [];
  private costMs = 0;
  private finished: CpuProfile | undefined;

  start(thresholdMs: number): void {
    if (this.count > 0) return;
    const intervalMs = Math.min(Math.max(thresholdMs / SAMPLES, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
    this.intervalUs = Math.round(intervalMs * 1_000);
    if (this.session === undefined && getHeapStatistics().used_heap_size > MAX_HEAP_BYTES) return;
    this.session ??= open((profile) => (this.finished = profile));
    if (this.session === null) return;
    try {
      this.session.post('Profiler.setSamplingInterval', { interval: this.intervalUs });
      this.begin(1);
    } catch {
      this.session = null;
    }
  }

  /** The session stays: closing it would end the user's code coverage, which V8 keeps once for all sessions. */
  stop(): void {
    this.windows = [];
    if (this.count > 0) this.end(this.count);
    this.count = 0;
  }

  /** A profile of this time is wanted; false: it cannot be had. */
  readonly want = (seq: number, fromMs: number, toMs: number): boolean => {
    if (this.count === 0 || toMs <= this.startedMs || this.windows.length >= MAX_WINDOWS) return false;
    this.windows.push({ seq, fromMs, toMs });
    return true;
  };

  /** The profiles that are wanted, unless it is too soon for the next reading. `isLast`: there will be no other. */
  take(atMs: number, isLast: boolean): WireProfile[] {
    if (this.count === 0) return [];
    const ranMs = atMs - this.startedMs;
    const isWanted = this.windows.length > 0 && (isLast || ranMs * MAX_SHARE >= this.costMs);
    if (!isWanted && ranMs < KEPT_MS) return [];
    const { windows, count } = this;
    this.windows = [];
    if (!isLast) this.begin(count + 1);
    const profile = this.end(count);
    const endedMs = nowMs();
    const read =
      profile === undefined
        ? []
        : windows.map(({ seq, fromMs, toMs }) => {
            const onProfile = (ms: number): number => profile.endTime + (ms - endedMs) * 1_000;
            return {
              seq,
              ...readProfile(profile, onProfile(fromMs), onProfile(toMs), this.intervalUs * JITTER),
            };
          });
    this.costMs = nowMs() - atMs;
    return read;
  }

  private begin(count: number): void {
    beginProfile?.(`${TITLE} ${count}`);
    this.count = count;
    this.startedMs = nowMs();
  }

  private end(count: number): CpuProfile | undefined {
    this.finished = undefined;
    endProfile?.(`${TITLE} ${count}`);
    return this.finished;
  }
}

type Finished = inspector.InspectorNotification<inspector.Profiler.ConsoleProfileFinishedEventDataType>;

/** `null` where there is no inspector, or it is not allowed. The program may make profiles of its own. */
function open(onFinished: (profile: CpuProfile) => void): inspector.Session | null {
  try {
    const { Session } = load?.('node:inspector') as typeof inspector;
    const session = new Session();
    session.connect();
    session.on('Profiler.consoleProfileFinished', ({ params }: Finished) => {
      if (params.title?.startsWith(TITLE)) onFinished(params.profile as CpuProfile);
    });
    session.post('Profiler.enable');
    return session;
  } catch {
    return null;
  }
}
