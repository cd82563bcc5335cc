/** Text of a program that can tell on which line it stands: `@` becomes the number of the line. */
export class Source {
  private readonly lines: string[] = [];
  private names = 0;

  /** `prefix` keeps the names of two sources of one program apart; `before` lines will stand above it. */
  constructor(
    private readonly prefix = 'v',
    private readonly before = 0,
  ) {}

  line(text: string): void {
    if (text.includes('\n')) throw new Error(`more than one line: ${text}`);
    this.lines.push(text.replaceAll('@', String(this.before + this.lines.length + 1)));
  }

  variable(): string {
    return `${this.prefix}${this.names++}`;
  }

  get text(): string {
    return this.lines.join('\n');
  }
}
