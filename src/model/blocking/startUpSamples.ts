import type { WireFrame } from '../../protocol/wire.js';
import { isOwn } from '../codeOrigin.js';
import type { CodeLoading } from './codeLoading.js';
import { StackSamples } from './stackSamples.js';

/** A line of the program, or a package that no line is known for, and the time that loading took for it. */
export interface LoadedFor {
  frame?: WireFrame;
  package?: string;
  ms: number;
}

/** The loading that was seen in one turn. */
export class LoadSamples {
  private readonly byPlace = new Map<string, LoadedFor>();
  totalMs = 0;
  /** Of Node's own parts. */
  nodeMs = 0;

  add(loading: CodeLoading, ms: number): void {
    this.totalMs += ms;
    if (loading.of === 'node') this.nodeMs += ms;
    const { frame, package: name } = loading;
    const key = frame ? `${frame.url}:${frame.line}` : `package ${name}`;
    const known = this.byPlace.get(key);
    if (known) {
      known.ms += ms;
      if (name !== undefined) known.package ??= name;
    } else if (this.byPlace.size < MAX_PLACES)
      this.byPlace.set(key, { ms, ...(frame && { frame }), ...(name !== undefined && { package: name }) });
  }

  places(): LoadedFor[] {
    return [...this.byPlace.values()];
  }
}

/** The longest stretch of the program's own code in a turn, between what it loads: one module's lines, without a break. */
export class OwnStretch {
  private current: Stretch | undefined;
  private longest: Stretch | undefined;
  private settled: Stretch | undefined;

  get samples(): StackSamples {
    return this.best?.samples ?? NO_SAMPLES;
  }

  get ms(): number {
    return this.best?.ms ?? 0;
  }

  /** It is going on. */
  get isOngoing(): boolean {
    return this.current !== undefined && this.best === this.current;
  }

  /** The longest so far has been told: no other takes its place. */
  settle(): void {
    this.settled ??= this.best;
  }

  /** Of that, the time in which it ran, or waited in a call: others may have had the processor. */
  get ranMs(): number {
    return this.best?.ranMs ?? 0;
  }

  add(stack: readonly WireFrame[], { ms, lateMs, ranMs }: SampledTime, native: boolean): void {
    const file = stack.find(({ url }) => isOwn(url))?.url ?? '';
    if (this.current?.file !== file) this.interrupt();
    // where it began, between two samples, is not known
    const partMs = this.current ? ms : lateMs + (ms - lateMs) / 2;
    this.current ??= { file, ms: 0, ranMs: 0, samples: new StackSamples() };
    const { samples } = this.current;
    const { waitedMs } = samples;
    samples.add(stack, { ms: partMs, native });
    this.current.ms += partMs;
    this.current.ranMs += Math.min(partMs, (ranMs * partMs) / ms + samples.waitedMs - waitedMs);
  }

  /** The turn has ended, so long after the last sample. */
  end(cooldownMs: number, ranMs: number): void {
    if (this.current) {
      this.current.ms += Math.max(0, cooldownMs) / 2;
      this.current.ranMs += Math.max(0, Math.min(cooldownMs, ranMs)) / 2;
    }
    this.interrupt();
  }

  /** Something else was seen. */
  interrupt(): void {
    this.longest = this.best;
    this.current = undefined;
  }

  private get best(): Stretch | undefined {
    const { current, longest, settled } = this;
    if (settled) return settled;
    if (!current || !longest) return current ?? longest;
    // what has no line of the program is not told: it must not hide what has one
    if ((current.file === '') !== (longest.file === '')) return current.file === '' ? longest : current;
    return current.ms > longest.ms ? current : longest;
  }
}

/** What a sample stands for: the time since the one before. */
export interface SampledTime {
  ms: number;
  /** Of that, the time in which native code ran that is still on the stack. */
  lateMs: number;
  /** Of that, the time in which the thread had a processor. */
  ranMs: number;
}

interface Stretch {
  file: string;
  ms: number;
  ranMs: number;
  samples: StackSamples;
}

const MAX_PLACES = 200;
const NO_SAMPLES = new StackSamples();
