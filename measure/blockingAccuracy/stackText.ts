import type { Line } from './truth.js';

/** The places in a stack as V8 prints it. */
export function parseStack(lines: readonly string[]): Line[] {
  return lines.flatMap((text) => {
    const found = /\(?([^()\s]+):(\d+):\d+\)?$/.exec(text);
    return found?.[1] === undefined ? [] : [{ file: found[1], line: Number(found[2]) }];
  });
}
