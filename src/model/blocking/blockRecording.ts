import type { WireFrame } from '../../protocol/wire.js';
import type { Stretch } from './cpuProfile.js';

/** What one block looked like over time, for a profile of it: bounded, and coarser the longer the block lasts. */
export class BlockRecording {
  private stretches: Stretch[] = [];
  private readonly stacks = new Map<string, readonly WireFrame[]>();
  private untilMs = 0;
  /** Stretches are at least so long. */
  private grainMs = 0;

  get isEmpty(): boolean {
    return this.stretches.length === 0;
  }

  /**
   * `untilMs`: how long the block has lasted, without pauses. `native`: for most of the time since the last sample
   * it did not answer: what is on the stack was called after that.
   */
  add(stack: readonly WireFrame[], untilMs: number, native: boolean): void {
    const ms = Math.max(0, untilMs - this.untilMs);
    if (ms < this.grainMs) return;
    this.untilMs = untilMs;
    this.stretches.push({ ms, frames: this.kept(trimmed(stack, native)) });
    if (this.stretches.length > MAX_STRETCHES) this.coarsen();
  }

  /** In order of time. `durationMs`: of the whole block. */
  read(durationMs: number): Stretch[] {
    const read = this.stretches.map(({ ms, frames }) => ({ ms, frames }));
    const last = read.at(-1);
    if (last) last.ms += Math.max(0, durationMs - this.untilMs);
    return read;
  }

  clear(): void {
    this.stretches = [];
    this.stacks.clear();
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

/** Without what stands on top: the question itself, and what was only called after native code had returned. */
function trimmed(stack: readonly WireFrame[], native: boolean): readonly WireFrame[] {
  const own = stack.findIndex(({ url, function: name }) => url !== '' || name !== '');
  if (own < 0) return [];
  return stack.slice(native && stack[own]?.entered === true ? own + 1 : own);
}
