/**
 * Times garbage collections while a turn takes too long. V8 writes down a few kilobytes for each of them until it is
 * told to stop: so that is done at each poll and when the turn has ended. At all other times it costs nothing.
 */
import type { GCProfiler } from 'node:v8';
import type { WireCollections } from '../../protocol/wire.js';
import { GcProfiler } from '../realm/nodesFunctions.js';

export class Collections {
  private profiler: GCProfiler | null = null;
  private sinceMs = 0;
  private ms = 0;
  private ofMs = 0;

  /** What was found so far in the turn. */
  get foundMs(): number {
    return this.ms;
  }

  /** A turn goes on, and is too long: from now on they are timed. What was found so far, if anything was. */
  time(atMs: number): WireCollections | undefined {
    if (GcProfiler === undefined) return undefined;
    this.count(atMs);
    this.profiler = new GcProfiler();
    this.profiler.start();
    this.sinceMs = atMs;
    return this.ofMs > 0 ? { ms: this.ms, ofMs: this.ofMs } : undefined;
  }

  /** The turn has ended. */
  end(atMs: number): WireCollections | undefined {
    if (this.profiler === null) return undefined;
    this.count(atMs);
    const { ms, ofMs } = this;
    this.ms = this.ofMs = 0;
    return { ms, ofMs };
  }

  private count(atMs: number): void {
    const found = this.profiler?.stop();
    this.profiler = null;
    if (found === undefined) return;
    const ofMs = atMs - this.sinceMs;
    let us = 0;
    for (const { cost } of found.statistics) us += cost;
    this.ms += Math.min(us / 1_000, ofMs);
    this.ofMs += ofMs;
  }
}
