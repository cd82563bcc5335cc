import type { WireFrame } from '../../protocol/wire.js';
import { type Call, callOf, isSynchronous, mayWait } from './callNames.js';
import { isNodeInternal, userFrameIndex } from '../codeOrigin.js';

/** The stacks seen inside one blocking episode, by the line that held the loop. */
export class StackSamples {
  private readonly byLine = new Map<string, Line>();
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
    // WebAssembly and builtins that take long are interrupted in the middle; others, and functions of Node, may have
    // been called only after what took long
    const isIn = call !== undefined && (!isOfNode(above?.url ?? '') || isSynchronous(call.name));
    const line = { frame, stack, count: 1, ms, aloneMs: stack[0] === frame ? ms : 0 };
    if (native && position >= 0 && !isIn) this.count({ ...line, where: 'after' }, undefined);
    else this.count({ ...line, where: 'at' }, call);
  }

  /**
   * The line that held the loop for the longest time. Between ticks and callbacks Node itself is seen, which tells
   * nothing.
   */
  get hot(): LineSamples | undefined {
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
    let known = this.byLine.get(key);
    if (known) {
      known.count++;
      known.ms += line.ms;
      if (known.frame.column === line.frame.column) known.aloneMs += line.aloneMs;
    } else {
      if (this.byLine.size >= MAX_LINES) return;
      known = { ...line, calls: new Map(), inCallsMs: 0 };
      // native code may have run before this place was reached for the first time
      if (line.where === 'after') known.aloneMs = 0;
      this.byLine.set(key, known);
    }
    called(known, call, line.ms);
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
  /** That of it in which nothing was above this frame, at this very column. */
  aloneMs: number;
  /** `at`: this line held the loop. `after`: native code did, that was called before this line was reached. */
  where: 'at' | 'after';
  /** What this line called that did not come back, most of the times that it was seen. */
  call?: Call;
}

interface Line extends LineSamples {
  /** Time in each call that was seen, by its name. */
  readonly calls: Map<string, { call: Call; ms: number }>;
  inCallsMs: number;
}

const MAX_LINES = 100;
const MAX_CALLS = 20;
/** Of the time of Node's own code: from this share on the user's is shown instead. */
const USER_SHARE = 0.2;
/** Of the time of a line: from this share on it is what the line calls that takes long. */
const CALL_SHARE = 0.5;

function called(line: Line, call: Call | undefined, ms: number): void {
  const { calls } = line;
  if (call !== undefined) {
    const known = calls.get(call.name);
    if (known !== undefined || calls.size < MAX_CALLS)
      calls.set(call.name, { call, ms: (known?.ms ?? 0) + ms });
    line.inCallsMs += ms;
  }
  delete line.call;
  const [most] = [...calls.values()].sort((a, b) => b.ms - a.ms);
  if (most !== undefined && line.inCallsMs >= line.ms * CALL_SHARE) line.call = most.call;
}

function isOfNode(url: string): boolean {
  return url !== '' && !url.startsWith('wasm:');
}
