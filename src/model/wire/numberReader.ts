import { DIGIT_BASE, DIGITS } from '../../protocol/entryRow.js';

const NO_DIGIT = DIGITS.length;
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < DIGITS.length; value++) VALUES[DIGITS.charCodeAt(value)] = value;

/** Reads whole numbers that the agent has written as text. */
export class NumberReader {
  private at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** NaN where there is no number; one that is too large is no safe integer. */
  next(): number {
    let value = 0;
    for (let scale = 1; ; scale *= DIGIT_BASE) {
      const digit = VALUES[this.text.charCodeAt(this.at++)] ?? NO_DIGIT;
      if (digit === NO_DIGIT) return Number.NaN;
      value += (digit % DIGIT_BASE) * scale;
      if (digit < DIGIT_BASE) return value;
    }
  }
}
