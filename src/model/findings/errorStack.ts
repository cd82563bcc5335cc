import type { WireFrame } from '../../protocol/wire.js';

/** An error as its stack tells it. What a program makes of that is text like any other. */
export interface ErrorStack {
  /** `Error: no stock`. */
  title: string;
  frames: StackFrame[];
}

export interface StackFrame {
  frame: WireFrame;
  /** It was suspended at an await here. */
  isAwait: boolean;
}

/** Reads V8's text of a stack. What does not look like it is left out. */
export function errorStack(text: string): ErrorStack {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => FRAME.test(line));
  const titleLines = (first < 0 ? lines : lines.slice(0, first)).map((line) => line.trim());
  const title = titleLines.join(' ').trim();
  const frames = lines.slice(Math.max(0, first), MAX_LINES).flatMap((line) => frameOf(line) ?? []);
  return { title, frames: first < 0 ? [] : frames };
}

function frameOf(text: string): StackFrame | undefined {
  const [, isAwait, called, inBrackets, bare, line, column] = FRAME.exec(text) ?? [];
  const url = inBrackets ?? bare;
  if (url === undefined) return undefined;
  const name = (called ?? '').replace(/^new /, '').replace(/ \[as [^\]]*\]$/, '');
  return {
    frame: {
      url,
      line: Number(line),
      column: Number(column),
      function: lastName(name),
    },
    isAwait: isAwait !== undefined,
  };
}

/** `parse` of `Object.parse`, as stacks of V8's own frames have it. */
function lastName(name: string): string {
  if (name.endsWith('<anonymous>')) return '';
  return /^[\w$.]+\.([\w$]+)$/.exec(name)?.[1] ?? name;
}

/** `    at async checkout (/shop/shop.js:12:5)`. */
const FRAME =
  /^\s+at (async )?(?:(.*?) \((?=[^()]+:\d+:\d+\)$))?(?:(?<=\()([^()]+)|([^()\s][^()]*)):(\d+):(\d+)\)?$/;
const MAX_LINES = 200;
