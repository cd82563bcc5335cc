/** Cuts what comes over a stream into lines. What is longer than a line may be is a mistake, and thrown. */
export class LineReader {
  private pieces: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly maxBytes = Infinity,
  ) {}

  take(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
      this.keep(bytes.subarray(from, end));
      const line = Buffer.concat(this.pieces).toString();
      this.pieces = [];
      this.length = 0;
      from = end + 1;
      this.onLine(line);
    }
    this.keep(bytes.subarray(from));
  }

  private keep(bytes: Buffer): void {
    this.length += bytes.length;
    if (this.length > this.maxBytes) throw new RangeError('The line is too long.');
    this.pieces.push(bytes);
  }
}

const LINE_END = 0x0a;
