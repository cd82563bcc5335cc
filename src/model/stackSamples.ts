import type { WireFrame } from '../protocol/wire.js';
import { isNodeInternal, outermostUserFrame, userFrameIndex } from './codeOrigin.js';

/** The stacks seen inside one blocking episode, counted by the line that held the loop. */
export class StackSamples {
  private readonly byLine = new Map<string, LineSamples>();
  private readonly entered = new Set<string>();
  /** Samples, also those without any frame. */
  total = 0;
  latest: readonly WireFrame[] = [];

  add(sample: readonly WireFrame[]): void {
    this.total++;
    // What stands above is the question itself, which V8 ran on top of the program's code.
    const stack = sample.slice(
      Math.max(
        0,
        sample.findIndex((frame) => frame.url !== '' || frame.function !== ''),
      ),
    );
    if (stack.length === 0) return;
    this.latest = stack;
    const outermost = outermostUserFrame(stack);
    if (outermost && this.entered.size < MAX_LINES)
      this.entered.add(`${outermost.url}#${outermost.function}`);
    const position = userFrameIndex(stack);
    const frame = stack[Math.max(0, position)];
    if (!frame) return;
    const key = `${frame.url}:${frame.line}`;
    const known = this.byLine.get(key);
    if (known) known.count++;
    else if (this.byLine.size < MAX_LINES) {
      const call = position > 0 ? stack[position - 1] : undefined;
      const synchronous = call && isNodeInternal(stack[0]?.url ?? '') ? callName(call) : undefined;
      const line: LineSamples = { frame, stack, count: 1 };
      if (synchronous) line.synchronousCall = synchronous;
      this.byLine.set(key, line);
    }
  }

  /** The line that most samples share. */
  get hot(): LineSamples | undefined {
    let hot: LineSamples | undefined;
    for (const line of this.byLine.values()) {
      if (!hot || line.count > hot.count) hot = line;
    }
    return hot;
  }

  /** Most samples first. */
  lines(): LineSamples[] {
    return [...this.byLine.values()].sort((a, b) => b.count - a.count);
  }

  /** How many different functions of the user the turn entered, as far as seen. */
  get functionsEntered(): number {
    return this.entered.size;
  }
}

export interface LineSamples {
  /** Of the user's code, where the stack has any. */
  frame: WireFrame;
  /** The first stack seen on this line, top first. */
  stack: readonly WireFrame[];
  count: number;
  /** `fs.readFileSync`: what this line called that did not come back. */
  synchronousCall?: string;
}

const MAX_LINES = 100;

/** `fs.readFileSync` of the frame that the user's code called; `undefined` for builtins of the language. */
function callName(frame: WireFrame): string | undefined {
  if (!frame.url.startsWith('node:')) return undefined;
  const path = frame.url.slice('node:'.length).replace(/^internal\//, '');
  const module = path.split('/')[0] ?? '';
  const name = frame.function.replace(/^(Object|Module|Function|process)\./, '').replace(/ \[as .*\]$/, '');
  if (module === 'modules') return name === '' ? 'require' : name;
  if (name === '') return module.replace(/^_/, '');
  return name.startsWith(`${module}.`) ? name : `${module}.${name}`;
}
