import type { TextPlace } from '../model/scriptCode.js';

/** Places in a text by line and column, and by their distance from its beginning. */
export class TextOffsets {
  private readonly starts = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** -1 where the text has no such place. */
  at({ line, column }: TextPlace): number {
    const start = this.starts[line - 1];
    if (start === undefined) return -1;
    const offset = start + column - 1;
    return offset < (this.starts[line] ?? this.text.length + 1) ? offset : -1;
  }

  place(offset: number): TextPlace {
    let [from, to] = [0, this.starts.length];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) from = middle;
      else to = middle;
    }
    return { line: from + 1, column: offset - (this.starts[from] ?? 0) + 1 };
  }
}
