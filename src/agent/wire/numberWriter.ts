import { DIGIT_BASE, DIGITS } from '../../protocol/entryRow.js';

/** Up to here a number has 32 bits, which are shifted faster. */
const MAX_SMALL = 2 ** 31 - 1;
/** Of the largest whole number. */
const MAX_DIGITS = 11;
const FIRST_SIZE = 2 ** 14;
/** A larger buffer was for once, and is not kept. */
const MAX_KEPT_SIZE = 2 ** 18;

const CODES = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));

/** Whole numbers as text, in a tenth of the time that JSON takes. */
export class NumberWriter {
  private bytes = new Uint8Array(FIRST_SIZE);
  private length = 0;
  private readonly decoder = new TextDecoder();

  /** `value`: whole, and not negative. */
  put(value: number): void {
    if (this.length + MAX_DIGITS > this.bytes.length) this.grow();
    const { bytes } = this;
    let { length } = this;
    let rest = value;
    for (; rest > MAX_SMALL; rest = Math.floor(rest / DIGIT_BASE))
      bytes[length++] = CODES[DIGIT_BASE + (rest % DIGIT_BASE)] as number;
    for (; rest >= DIGIT_BASE; rest >>= 5)
      bytes[length++] = CODES[DIGIT_BASE | (rest & (DIGIT_BASE - 1))] as number;
    bytes[length++] = CODES[rest] as number;
    this.length = length;
  }

  /** What was put since it was last taken. */
  take(): string {
    const text = this.decoder.decode(this.bytes.subarray(0, this.length));
    this.length = 0;
    if (this.bytes.length > MAX_KEPT_SIZE) this.bytes = new Uint8Array(FIRST_SIZE);
    return text;
  }

  private grow(): void {
    const { bytes } = this;
    this.bytes = new Uint8Array(2 * bytes.length);
    this.bytes.set(bytes);
  }
}
