import type { WireFrame, WireProfile } from '../../protocol/wire.js';
import type { Stretch } from './cpuProfile.js';

/** What one block looked like over time, for a profile of it: bounded, and coarser the longer the block lasts. */
export class BlockRecording {
  private stretches: (Stretch & { native: boolean })[] = [];
  private readonly stacks = new Map<string, readonly WireFrame[]>();
  private untilMs = 0;
  /** Stretches are at least so long. */
  private grainMs = 0;
  private profile: WireProfile | undefined;

  get isEmpty(): boolean {
    return this.stretches.length === 0 && (this.profile?.places.length ?? 0) === 0;
  }

  /**
   * `untilMs`: how long the block has lasted, without pauses. `native`: for most of the time since the last sample
   * it did not answer: what is on the stack was called after that.
   */
  add(stack: readonly WireFrame[], untilMs: number, native: boolean): void {
    const ms = Math.max(0, untilMs - this.untilMs);
    if (ms < this.grainMs) return;
    this.untilMs = untilMs;
    this.stretches.push({ ms, frames: this.kept(trimmed(stack, native)), native });
    if (this.stretches.length > MAX_STRETCHES) this.coarsen();
  }

  profiled(profile: WireProfile): void {
    this.profile = profile;
  }

  /** In order of time; of what V8's profiler saw alone, the longest first. `durationMs`: of the whole block. */
  read(durationMs: number): Stretch[] {
    const { profile, stretches } = this;
    const isSeen = stretches.length >= MIN_STRETCHES && !stretches.some(({ native }) => native);
    if (profile && profile.places.length > 0 && !isSeen) return ofProfile(profile, durationMs);
    const read = stretches.map(({ ms, frames }) => ({ ms, frames }));
    const last = read.at(-1);
    if (last) last.ms += Math.max(0, durationMs - this.untilMs);
    return read;
  }

  clear(): void {
    this.stretches = [];
    this.stacks.clear();
    this.profile = undefined;
  }

  /** Equal stacks are kept once. */
  private kept(stack: readonly WireFrame[]): readonly WireFrame[] {
    const key = stack.map(({ url, line, column }) => `${url}:${line}:${column}`).join('\n');
    const known = this.stacks.get(key);
    if (known) return known;
    if (this.stacks.size < MAX_STRETCHES) this.stacks.set(key, stack);
    return stack;
  }

  /** One of each two stretches stands for both. */
  private coarsen(): void {
    const halves = this.stretches.filter((_, position) => position % 2 === 1);
    for (const [position, half] of halves.entries()) half.ms += this.stretches[position * 2]?.ms ?? 0;
    const rest = this.stretches.length % 2 === 1 ? this.stretches.slice(-1) : [];
    this.stretches = [...halves, ...rest];
    this.grainMs = (2 * this.untilMs) / MAX_STRETCHES;
    const used = new Set(this.stretches.map(({ frames }) => frames));
    for (const [key, stack] of this.stacks) if (!used.has(stack)) this.stacks.delete(key);
  }
}

const MAX_STRETCHES = 400;
/** Fewer samples say less than V8's profiler. */
const MIN_STRETCHES = 3;
const COLLECTOR: WireFrame = { url: '', line: 0, column: 0, function: '(garbage collector)' };

/** Without what stands on top: the question itself, and what was only called after native code had returned. */
function trimmed(stack: readonly WireFrame[], native: boolean): readonly WireFrame[] {
  const own = stack.findIndex(({ url, function: name }) => url !== '' || name !== '');
  if (own < 0) return [];
  return stack.slice(native && stack[own]?.entered === true ? own + 1 : own);
}

function ofProfile({ places, gcMs, sampledMs }: WireProfile, durationMs: number): Stretch[] {
  const read: Stretch[] = places.map(({ ms, frames }) => ({ ms, frames }));
  if (gcMs > 0) read.push({ ms: gcMs, frames: [COLLECTOR] });
  const knownMs = read.reduce((sum, { ms }) => sum + ms, 0);
  const restMs = Math.max(durationMs, sampledMs) - knownMs;
  if (restMs > 0) read.push({ ms: restMs, frames: [] });
  return read;
}
