/**
 * What the debugger's question cannot see: V8 answers it between two functions of JavaScript, but a native call
 * that is the last thing in a callback, `JSON.parse` or a garbage collection ends first. V8's own profiler looks
 * from another thread. It runs in a session of its own, beside the user's, and is read only for such turns.
 */
import type { Session } from 'node:inspector';
import type { WireProfile } from '../protocol/wire.js';
import { nowMs } from './clock.js';
import { type CpuProfile, readProfile } from './profileReader.js';

/** So many samples in the time of the threshold; they cost an idle program most, so they are as few as will do. */
const SAMPLES = 4;
const MIN_INTERVAL_MS = 10;
const MAX_INTERVAL_MS = 50;
/** The next sample may come so much later. */
const JITTER = 1.2;
/** Reading and starting anew takes this share of the time at most. */
const MAX_SHARE = 0.05;
/** Samples that nobody asked for are thrown away so often. */
const KEPT_MS = 600_000;
const MAX_WINDOWS = 20;

/** Taken before the program can replace it. Builds of Node without an inspector do not have the module. */
const { getBuiltinModule } = process as { getBuiltinModule?: (id: string) => unknown };
const load = getBuiltinModule?.bind(process) ?? (typeof require === 'function' ? require : undefined);

interface Window {
  seq: number;
  fromMs: number;
  toMs: number;
}

export class Sampler {
  private session: Session | null | undefined;
  private isOn = false;
  private startedMs = 0;
  private windows: Window[] = [];
  private costMs = 0;
  private intervalUs = 0;

  start(thresholdMs: number): void {
    if (this.isOn) return;
    const intervalMs = Math.min(Math.max(thresholdMs / SAMPLES, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
    this.intervalUs = Math.round(intervalMs * 1_000);
    this.resume();
  }

  private resume(): void {
    this.session ??= open();
    if (this.session === null) return;
    try {
      this.session.post('Profiler.setSamplingInterval', { interval: this.intervalUs });
      this.session.post('Profiler.start');
      this.isOn = true;
      this.startedMs = nowMs();
    } catch {
      this.session = null;
    }
  }

  /** The session stays: closing it would end the user's code coverage, which V8 keeps once for all sessions. */
  stop(): void {
    this.windows = [];
    if (this.isOn) this.end();
  }

  /** A profile of this time is wanted; false: it cannot be had. */
  readonly want = (seq: number, fromMs: number, toMs: number): boolean => {
    if (!this.isOn || toMs <= this.startedMs || this.windows.length >= MAX_WINDOWS) return false;
    this.windows.push({ seq, fromMs, toMs });
    return true;
  };

  /** The profiles that are wanted, unless it is too soon for the next reading. `isLast`: there will be no other. */
  take(atMs: number, isLast: boolean): WireProfile[] {
    const ranMs = atMs - this.startedMs;
    const isWanted = this.windows.length > 0 && (isLast || ranMs * MAX_SHARE >= this.costMs);
    if (!this.isOn || (!isWanted && ranMs < KEPT_MS)) return [];
    const { windows } = this;
    this.windows = [];
    const profile = this.end();
    if (!isLast) this.resume();
    this.costMs = nowMs() - atMs;
    if (profile === undefined) return [];
    return windows.map(({ seq, fromMs, toMs }) => ({
      seq,
      ...readProfile(
        profile,
        profile.endTime + (fromMs - atMs) * 1_000,
        profile.endTime + (toMs - atMs) * 1_000,
        this.intervalUs * JITTER,
      ),
    }));
  }

  private end(): CpuProfile | undefined {
    this.isOn = false;
    let profile: CpuProfile | undefined;
    this.session?.post('Profiler.stop', (error, result) => {
      if (error === null) profile = result.profile as CpuProfile;
    });
    return profile;
  }
}

/** `null` where there is no inspector, or it is not allowed. */
function open(): Session | null {
  try {
    const { Session: Inspector } = load?.('node:inspector') as typeof import('node:inspector');
    const session = new Inspector();
    session.connect();
    session.post('Profiler.enable');
    return session;
  } catch {
    return null;
  }
}
