/**
 * Takes what Node itself writes to stderr about its inspector out of a program's stderr: where it listens, if it was not
 * let to tell that to everybody; and of a connection, which no option of Node 18 to 26 keeps it from writing. Each line
 * is written once, while the inspector opens or we are connected, so the first of each is taken out and every other byte
 * goes through as it came.
 */
export class InspectorNoise {
  private held: Buffer = NOTHING;
  private readonly lines: Line[];

  /** `port`: where the inspector listens that is meant; the program may open one of its own. */
  constructor(port: number, platform: NodeJS.Platform = process.platform) {
    const end = platform === 'win32' ? '\r\n' : '\n';
    this.lines = [
      line(`Debugger attached.${end}`),
      line(`Waiting for the debugger to disconnect...${end}`),
      line(`Debugger listening on ws://127.0.0.1:${port}/`, [line('For help, see: https://nodejs.org/')]),
    ];
  }

  /** What of the chunk may be passed on. A possible beginning of a line is held until it is clear. */
  take(chunk: Buffer): Buffer {
    let bytes = Buffer.concat([this.held, chunk]);
    // Lines that are expected after one that was found join the list on the way.
    for (const expected of this.lines) {
      const at = bytes.indexOf(expected.start);
      const end = at < 0 ? -1 : endOf(bytes, at, expected);
      if (end < 0) continue;
      expected.isTaken = true;
      this.lines.push(...expected.next);
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    }
    this.lines.splice(0, this.lines.length, ...this.lines.filter(({ isTaken }) => !isTaken));
    const cut = bytes.length - this.beginningAtEnd(bytes);
    this.held = bytes.subarray(cut);
    return bytes.subarray(0, cut);
  }

  /** What is held, when nothing more came that completes it. */
  flush(): Buffer {
    const { held } = this;
    this.held = NOTHING;
    return held;
  }

  private beginningAtEnd(bytes: Buffer): number {
    for (const { start } of this.lines) {
      const at = bytes.indexOf(start);
      if (at >= 0 && bytes.length - at <= MAX_LINE) return bytes.length - at; // its end is still to come
      for (let length = Math.min(start.length - 1, bytes.length); length > 0; length--) {
        if (bytes.subarray(bytes.length - length).equals(start.subarray(0, length))) return length;
      }
    }
    return 0;
  }
}

/** A whole line, or the beginning of one that goes on to its end. */
interface Line {
  start: Buffer;
  /** What comes only after it. */
  next: readonly Line[];
  isTaken: boolean;
}

function line(start: string, next: readonly Line[] = []): Line {
  return { start: Buffer.from(start), next, isTaken: false };
}

/** Where the line that begins at `at` is over; -1 where its end is not there yet. */
function endOf(bytes: Buffer, at: number, { start }: Line): number {
  const last = at + start.length - 1;
  return bytes.indexOf('\n', last) + 1 || -1;
}

const NOTHING = Buffer.alloc(0);
const MAX_LINE = 300;
