import type { ProcessSnapshot, Site } from '../../protocol/snapshot.js';
import type { WireFrame } from '../../protocol/wire.js';
import { packageOf } from '../codeOrigin.js';

/** Blocks in which no line of the program was found: nobody who reads of them can do anything about one of them. */
export class ForeignBlocks {
  private count = 0;
  private totalMs = 0;
  private maxMs = 0;
  private readonly byPlace = new Map<string, { frame: WireFrame; count: number; totalMs: number }>();

  add(durationMs: number, frame: WireFrame | undefined): void {
    this.count++;
    this.totalMs += durationMs;
    this.maxMs = Math.max(this.maxMs, durationMs);
    if (!frame) return;
    const key = `${frame.url}:${frame.line}`;
    const known = this.byPlace.get(key);
    if (known) {
      known.count++;
      known.totalMs += durationMs;
    } else if (this.byPlace.size < MAX_PLACES)
      this.byPlace.set(key, { frame, count: 1, totalMs: durationMs });
  }

  clear(): void {
    this.count = this.totalMs = this.maxMs = 0;
    this.byPlace.clear();
  }

  snapshot(resolve: (frame: WireFrame) => Site): ProcessSnapshot['foreignBlocks'] {
    if (this.count === 0) return undefined;
    const lines = [...this.byPlace.values()]
      .sort((a, b) => b.totalMs - a.totalMs)
      .slice(0, MAX_LINES)
      .map(({ frame, count, totalMs }) => {
        const name = packageOf(frame.url);
        return { site: resolve(frame), count, totalMs, ...(name !== undefined && { package: name }) };
      });
    return { count: this.count, totalMs: this.totalMs, maxMs: this.maxMs, lines };
  }
}

const MAX_PLACES = 200;
const MAX_LINES = 10;
