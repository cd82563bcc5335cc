import type { ProcessSnapshot, Site } from '../../protocol/snapshot.js';
import type { WireFrame } from '../../protocol/wire.js';
import type { LoadedFor } from './startUpSamples.js';

/** What loading code has taken of one process: of the program and its packages, and of Node itself. */
export class StartUp {
  private durationMs = 0;
  private readonly byPlace = new Map<string, LoadedFor>();

  add(durationMs: number, places: readonly LoadedFor[]): void {
    this.durationMs += durationMs;
    for (const place of places) {
      const key = place.frame ? `${place.frame.url}:${place.frame.line}` : `package ${place.package}`;
      const known = this.byPlace.get(key);
      if (known) {
        known.ms += place.ms;
        if (place.package !== undefined) known.package ??= place.package;
      } else if (this.byPlace.size < MAX_PLACES) this.byPlace.set(key, { ...place });
    }
  }

  clear(): void {
    this.durationMs = 0;
    this.byPlace.clear();
  }

  /** Absent while it is not worth to be told. */
  snapshot(leastMs: number, resolve: (frame: WireFrame) => Site): ProcessSnapshot['startUp'] {
    if (leastMs <= 0 || this.durationMs < leastMs) return undefined;
    const lines = [...this.byPlace.values()]
      .sort((a, b) => b.ms - a.ms)
      .slice(0, MAX_LINES)
      .filter(({ ms }) => ms >= this.durationMs * LEAST_SHARE)
      .map(({ frame, package: name, ms }) => ({
        durationMs: ms,
        ...(frame && { site: resolve(frame) }),
        ...(name !== undefined && { package: name }),
      }));
    return { durationMs: this.durationMs, lines };
  }
}

const MAX_PLACES = 500;
const MAX_LINES = 10;
/** What took less is not among the dearest. */
const LEAST_SHARE = 0.02;
