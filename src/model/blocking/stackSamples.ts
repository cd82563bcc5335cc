import type { WireFrame, WireProfile } from '../../protocol/wire.js';
import { type Call, callOf, isSynchronous, mayWait } from './callNames.js';
import { isNodeInternal, userFrameIndex } from '../codeOrigin.js';

/** The stacks seen inside one blocking episode, and its profile, by the line that held the loop. */
export class StackSamples {
  private readonly byLine = new Map<string, LineSamples>();
  private readonly profiled: LineSamples[] = [];
  /** Samples, also those without any frame. */
  total = 0;
  latest: readonly WireFrame[] = [];

  /**
   * `ms`: the time that the sample stands for. `native`: for most of it the question was not answered, so that no
   * JavaScript ran: what is on the stack came after it, unless it is in the middle of a call.
   */
  add(sample: readonly WireFrame[], { ms = 1, native = false } = {}): void {
    this.total++;
    // What stands above is the question itself, which V8 ran on top of the program's code.
    const seen = sample.slice(
      Math.max(
        0,
        sample.findIndex((frame) => frame.url !== '' || frame.function !== ''),
      ),
    );
    if (seen.length === 0) return;
    this.latest = seen;
    const stack = native && seen[0]?.entered ? seen.slice(1) : seen;
    const position = userFrameIndex(stack);
    const frame = stack[Math.max(0, position)];
    if (!frame) return;
    const above = position > 0 && isNodeInternal(stack[0]?.url ?? '') ? stack[position - 1] : undefined;
    const call = above && callOf(above);
    // a builtin was interrupted in the middle; a function of Node may have been called only after what took long
    const isIn =
      above !== undefined && (above.url === '' || (call !== undefined && isSynchronous(call.name)));
    if (native && position >= 0 && !isIn)
      this.count({ frame, stack, count: 1, ms, where: 'after' }, undefined);
    else this.count({ frame, stack, count: 1, ms, where: 'at' }, call);
  }

  /** What V8's own profiler saw; for when the samples say little. */
  addProfile({ places }: Pick<WireProfile, 'places'>): void {
    for (const { ms, line, frames } of places) {
      const position = userFrameIndex(frames);
      const frame = frames[Math.max(0, position)];
      if (!frame) continue;
      const call = position > 0 ? frames[position - 1] : undefined;
      const where = line && position <= 0 ? 'at' : 'within';
      this.profiled.push(withCall({ frame, stack: frames, count: 0, ms, where }, call && callOf(call)));
    }
    this.profiled.sort((a, b) => b.ms - a.ms);
  }

  /** The line that held the loop for the longest time. */
  get hot(): LineSamples | undefined {
    const [profiled] = this.profiled;
    if (!profiled) return this.sampled;
    // The profile knows which function it was; of a function that only called something, the samples know the line.
    const same = this.lines().filter((line) => isSameFunction(line.frame, profiled.frame));
    const exact = same.find(
      ({ where, frame }) => where === 'at' && (profiled.where !== 'at' || frame.line === profiled.frame.line),
    );
    if (exact) return profiled.call ? { ...exact, call: exact.call ?? profiled.call } : exact;
    const after = same.find(({ where }) => where === 'after');
    return after && profiled.where === 'within'
      ? { ...profiled, stack: after.stack, until: after.frame }
      : profiled;
  }

  /** Between ticks and callbacks Node itself is seen, which tells nothing. */
  private get sampled(): LineSamples | undefined {
    const [first, ...others] = this.lines();
    if (!first || !isNodeInternal(first.frame.url)) return first;
    return others.find((line) => !isNodeInternal(line.frame.url) && line.ms > first.ms * USER_SHARE) ?? first;
  }

  /** The longest time first. */
  lines(): LineSamples[] {
    return [...this.byLine.values()].sort((a, b) => b.ms - a.ms);
  }

  /** Time in calls that may wait without using the processor. */
  get waitedMs(): number {
    let waitedMs = 0;
    for (const { call, where, ms } of this.byLine.values()) {
      if (where === 'at' && call !== undefined && mayWait(call.name)) waitedMs += ms;
    }
    return waitedMs;
  }

  private count(line: LineSamples, call: Call | undefined): void {
    const key = `${line.frame.url}:${line.frame.line}:${line.where}`;
    const known = this.byLine.get(key);
    if (known) {
      known.count++;
      known.ms += line.ms;
    } else if (this.byLine.size < MAX_LINES) {
      this.byLine.set(key, withCall(line, call));
    }
  }
}

export interface LineSamples {
  /** Of the user's code, where the stack has any. */
  frame: WireFrame;
  /** The first stack seen on this line, top first. */
  stack: readonly WireFrame[];
  count: number;
  /** Time that it stands for. */
  ms: number;
  /**
   * `at`: this line held the loop. `after`: native code did, that was called before this line was reached.
   * `within`: something in this function did; the line is its first.
   */
  where: 'at' | 'after' | 'within';
  /** With `within`: it was before this place in the function. */
  until?: WireFrame;
  /** What this line called that did not come back. */
  call?: Call;
}

const MAX_LINES = 100;
/** Of the time of Node's own code: from this share on the user's is shown instead. */
const USER_SHARE = 0.2;

function withCall(line: LineSamples, call: Call | undefined): LineSamples {
  if (call) line.call = call;
  return line;
}

/** The profiler gives URLs of files where the stack has paths, and a name may be told in two ways. */
function isSameFunction(a: WireFrame, b: WireFrame): boolean {
  const name = (frame: WireFrame): string => frame.function.slice(frame.function.lastIndexOf('.') + 1);
  return pathOf(a.url) === pathOf(b.url) && name(a) === name(b);
}

function pathOf(url: string): string {
  return url.startsWith('file://') ? decode(url.slice('file://'.length)) : url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
